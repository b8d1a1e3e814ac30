import { useTranslation } from 'react-i18next'
import type { ImportPlan } from '@contract/routes/files'
import { useRoleName } from '@renderer/domain/use-role-name'
import classes from './Files.module.css'

type Item = ImportPlan['items'][number]

/** Names of chapters that are shown. */
const NAMES = 40

/** Where the requests of an item would go, what they would carry, and which models they would reach. */
export function ItemFacts({ item }: { item: Item }) {
  const { t } = useTranslation('files')
  const { address, headers, body } = item
  const models = useModelLines(item)
  const held = useHeld(item)
  return (
    <span className={classes.facts}>
      {address !== null && <span>{t('facts.address', { address })}</span>}
      {Object.entries(headers).map(([name, value]) => (
        <span key={`header/${name}`}>{t('facts.header', { name, value })}</span>
      ))}
      {Object.entries(body).map(([name, value]) => (
        <span key={`body/${name}`}>{t('facts.body', { name, value: JSON.stringify(value) })}</span>
      ))}
      {held && <span>{held}</span>}
      {item.chapters && item.chapters.length > 0 && (
        <span>
          {item.chapters.slice(0, NAMES).join(' · ')}
          {item.chapters.length > NAMES && ' …'}
        </span>
      )}
      {models.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </span>
  )
}

/** Each model once, with the roles that it would play. */
function useModelLines({ models }: Item): string[] {
  const { t } = useTranslation('files')
  const roleName = useRoleName()
  const roles = new Map<string, string[]>()
  for (const { role, provider, model } of models) {
    const name = provider === null ? model : t('facts.model', { provider, model })
    roles.set(name, [...(roles.get(name) ?? []), ...(role === null ? [] : [roleName(role)])])
  }
  return [...roles].map(([name, names]) =>
    names.length === 0 ? name : t('facts.roles', { roles: names.join(', '), model: name })
  )
}

const heldKinds = [
  'greetings',
  'lore',
  'files',
  'chapters',
  'passages',
  'alternatives',
  'variables',
  'versions',
] as const

/** How much an item brings, in one line; empty where there is nothing to count. */
function useHeld({ holds = {} }: Item): string {
  const { t, i18n } = useTranslation('files')
  const number = new Intl.NumberFormat(i18n.language)
  return heldKinds
    .flatMap((kind) => {
      const count = holds[kind]
      return count === undefined ? [] : [t(`holds.${kind}`, { count, shown: number.format(count) })]
    })
    .join(' · ')
}

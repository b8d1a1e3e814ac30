import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportPlan } from '@contract/routes/files'
import { choiceOf, type Choices, type ConflictChoice } from './import-choices'
import { ItemFacts } from './ItemFacts'
import classes from './Files.module.css'

interface Props {
  /** Those that are here already with other content. */
  items: ImportPlan['items']
  choices: Choices
  onChoose: (change: Partial<Choices>) => void
}

/** Rows shown; what is beyond them follows the choice for all. */
const MOST = 100

const options = ['keep_both', 'replace', 'skip'] as const
const isOption = (value: string): value is ConflictChoice => options.some((option) => option === value)

/** What to do with each item whose name is taken, and with all of them at once. */
export function ConflictRows({ items, choices, onChoose }: Props) {
  const { t } = useTranslation('files')
  if (items.length === 0) return null
  const data = options.map((value) => ({ value, label: t(`conflict.${value}`) }))
  const dataFor = (chosen: ImportPlan['items']) =>
    data.filter(({ value }) => value !== 'replace' || chosen.some(({ replaceable }) => replaceable))
  const [first] = items
  const shared = first && items.every((item) => choiceOf(choices, item) === choiceOf(choices, first))
  const all = shared ? choiceOf(choices, first) : ''
  const set = (chosen: ImportPlan['items'], value: string) => {
    if (!isOption(value)) return
    // What cannot be replaced stays as it was chosen, when all others are.
    const changed = chosen.filter(({ replaceable }) => value !== 'replace' || replaceable)
    onChoose({ conflicts: { ...choices.conflicts, ...Object.fromEntries(changed.map(({ key }) => [key, value])) } })
  }
  return (
    <ul className={classes.rows}>
      {items.length > 1 && (
        <li className={classes.row}>
          <span className={classes.quiet}>{t('conflict.all', { count: items.length })}</span>
          <NativeSelect
            size="sm"
            className={classes.control}
            aria-label={t('conflict.allLabel')}
            value={all}
            data={shared ? dataFor(items) : [{ value: '', label: t('conflict.mixed') }, ...dataFor(items)]}
            onChange={(event) => set(items, event.currentTarget.value)}
          />
        </li>
      )}
      {items.slice(0, MOST).map((item) => (
        <li key={item.key} className={classes.row}>
          <span className={classes.name}>
            {item.name} <span className={classes.quiet}>{t('plan.different')}</span>
            <ItemFacts item={item} />
          </span>
          <NativeSelect
            size="sm"
            className={classes.control}
            aria-label={t('conflict.label', { name: item.name })}
            value={choiceOf(choices, item)}
            data={dataFor([item])}
            onChange={(event) => set([item], event.currentTarget.value)}
          />
        </li>
      ))}
      {items.length > MOST && <li className={classes.quiet}>{t('plan.more', { count: items.length - MOST })}</li>}
    </ul>
  )
}

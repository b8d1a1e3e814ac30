import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ServerId, TokenId } from '@contract/ids'
import type { ImportPlan } from '@contract/routes/files'
import { useRoute } from '@renderer/api/queries'
import { ModelPicker } from '@renderer/domain/model-picker/ModelPicker'
import type { Choices } from './import-choices'
import classes from './Files.module.css'

type Missing = ImportPlan['missing'][number]

interface Props {
  missing: readonly Missing[]
  choices: Choices
  onChoose: (change: Partial<Choices>) => void
}

/** Names shown of who needs something. */
const USERS = 3
/** Rows shown; a file that misses more than this needs another hand. */
const MOST = 100

/** What the file refers to and this computer does not have, with what can stand in its place. */
export function MissingRows({ missing, choices, onChoose }: Props) {
  const { t } = useTranslation('files')
  if (missing.length === 0) return null
  return (
    <section aria-label={t('missing.title')}>
      <h3 className={classes.heading}>{t('missing.title')}</h3>
      <ul className={classes.rows}>
        {missing.slice(0, MOST).map((one) => (
          <li key={one.key} className={classes.row}>
            <span className={classes.name}>
              {t(`missing.${one.kind}`, { name: one.name })}
              <span className={classes.users}>{t('missing.usedBy', { names: usersOf(one, t('missing.others')) })}</span>
            </span>
            <Stand missing={one} choices={choices} onChoose={onChoose} />
          </li>
        ))}
        {missing.length > MOST && <li className={classes.quiet}>{t('plan.more', { count: missing.length - MOST })}</li>}
      </ul>
    </section>
  )
}

const usersOf = ({ usedBy }: Missing, others: string): string =>
  [...usedBy.slice(0, USERS), ...(usedBy.length > USERS ? [others] : [])].join(', ')

/** What stands in for something that is missing. */
function Stand({ missing, choices, onChoose }: { missing: Missing } & Omit<Props, 'missing'>) {
  const { t } = useTranslation('files')
  const { key, kind, name, providerId } = missing
  const tokens = useRoute('tokens.list', {}, { enabled: kind === 'token' }).data ?? []
  const servers = useRoute('servers.list', {}, { enabled: kind === 'server' }).data ?? []
  if (kind === 'model' && missing.modelKind)
    return (
      <div className={classes.picker}>
        <ModelPicker
          label={t('missing.standFor', { name })}
          kind={missing.modelKind}
          value={choices.models[key] ?? null}
          onChange={(choice) => onChoose({ models: { ...choices.models, [key]: choice } })}
        />
      </div>
    )
  const own = kind === 'token' ? tokens.filter((token) => token.providerId === providerId) : servers
  if ((kind !== 'token' && kind !== 'server') || own.length === 0)
    return <span className={classes.left}>{t(kind === 'provider' ? 'missing.addProvider' : 'missing.left')}</span>
  const value = (kind === 'token' ? choices.tokens[key] : choices.servers[key]) ?? ''
  const choose = (id: string) => {
    if (kind === 'token') onChoose({ tokens: withChoice(choices.tokens, key, TokenId.safeParse(id).data) })
    else onChoose({ servers: withChoice(choices.servers, key, ServerId.safeParse(id).data) })
  }
  return (
    <NativeSelect
      size="sm"
      className={classes.control}
      aria-label={t('missing.standFor', { name })}
      value={value}
      data={[{ value: '', label: t('missing.leave') }, ...own.map((one) => ({ value: one.id, label: one.name }))]}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  )
}

function withChoice<Id>(choices: Readonly<Record<string, Id>>, key: string, id: Id | undefined): Record<string, Id> {
  const { [key]: _before, ...others } = choices
  return id === undefined ? others : { ...others, [key]: id }
}

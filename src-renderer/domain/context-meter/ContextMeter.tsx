import { IconAlertTriangle, IconStack2 } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ContextUse } from '@contract/entities/story'
import type { StoryId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { useFormat } from '@renderer/components/format'
import { useLocal } from '@renderer/components/use-local'
import { askedInput, useAskedRoles } from '@renderer/stores/asked-roles'
import classes from './ContextMeter.module.css'

/** One part of the window, with the name that the user reads. */
interface Part {
  id: string
  name: string
  tokens: number
}

/** Above this share the beginning of the story is about to be left out. */
const NEARLY_FULL = 0.9

const usedOf = ({ sections, answer }: ContextUse) => sections.reduce((sum, { tokens }) => sum + tokens, answer)

/** How much of the model's window the next turn fills, part by part, and whether the model still sees the whole story. */
export function ContextMeter({ storyId }: { storyId: StoryId }) {
  const { t } = useTranslation('context')
  const local = useLocal()
  const asked = useAskedRoles(storyId)
  // A role that is ticked changes figures; the meter does not go and come back for it.
  const context = useRoute(
    'stories.context',
    { id: storyId, ...askedInput(asked) },
    { placeholderData: keepPreviousData }
  )
  // Without a model there is nothing to measure, and the cast above says why.
  if (!context.data) return null
  const use = context.data
  const parts: Part[] = [
    ...use.sections.map(({ id, name, tokens }) => ({ id, name: local(name), tokens })),
    { id: 'answer', name: t('answer'), tokens: use.answer },
  ]
  return (
    <section className={classes.root} aria-label={t('title')}>
      <Heading use={use} />
      <div className={classes.bar} aria-hidden>
        {parts.map(({ id, tokens }) => (
          <span key={id} data-part={id} style={{ width: `${(tokens / Math.max(use.window, usedOf(use))) * 100}%` }} />
        ))}
      </div>
      <Parts parts={parts} />
      <Warning use={use} />
    </section>
  )
}

function Heading({ use }: { use: ContextUse }) {
  const { t } = useTranslation('context')
  const format = useFormat()
  const roles = useRoute('roles.list', {})
  const local = useLocal()
  const role = roles.data?.find(({ id }) => id === use.role)
  const window = use.known ? format.number(use.window) : t('about', { tokens: format.number(use.window) })
  return (
    <div className={classes.head}>
      <IconStack2 size={16} stroke={1.5} aria-hidden />
      <h3 className={classes.title} title={t('of', { role: role ? local(role.name) : use.role, model: use.model })}>
        {t('title')}
      </h3>
      <span className={classes.total}>
        {format.number(usedOf(use))} / {window}
      </span>
    </div>
  )
}

function Parts({ parts }: { parts: readonly Part[] }) {
  const format = useFormat()
  return (
    <dl className={classes.parts}>
      {parts.map(({ id, name, tokens }) => (
        <div key={id}>
          <dt>
            <span className={classes.swatch} data-part={id} aria-hidden />
            {name}
          </dt>
          <dd>{format.number(tokens)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Said before text is lost, and when it is. */
function Warning({ use }: { use: ContextUse }) {
  const { t } = useTranslation('context')
  const format = useFormat()
  // A wider window in the settings helps where a server is asked for it, and the model is made for more.
  const canWiden = use.asked !== null && (use.limit === null || use.window < use.limit)
  const full = usedOf(use) / Math.max(1, use.window) > NEARLY_FULL
  if (use.leftOut === 0 && !full) return use.asked === null ? null : <Asked tokens={use.asked} />
  return (
    <p className={classes.warning} role="status">
      <IconAlertTriangle size={15} stroke={1.6} aria-hidden />
      <span>
        {use.leftOut > 0 ? t('leftOut', { count: use.leftOut, shown: format.number(use.leftOut) }) : t('nearlyFull')}{' '}
        {t(canWiden ? 'nextServer' : 'next')}
      </span>
    </p>
  )
}

function Asked({ tokens }: { tokens: number }) {
  const { t } = useTranslation('context')
  const format = useFormat()
  return <p className={classes.note}>{t('asked', { tokens: format.number(tokens) })}</p>
}

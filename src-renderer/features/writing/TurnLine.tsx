import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoleId, StoryId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { useNow } from '@renderer/components/use-now'
import { useRoleName } from '@renderer/domain/use-role-name'
import { useSilentTurn } from './use-turn'
import classes from './TurnLine.module.css'

const works = ['main', 'guard', 'rag', 'summarizer', 'director'] as const
type Work = (typeof works)[number]
const workOf = (role: RoleId): Work | 'other' => works.find((name) => name === role) ?? 'other'

/** Who is at work before text flows: "Main is drafting · qwen3:14b · 4 s". */
export const TurnLine = memo(function TurnLine({ storyId }: { storyId: StoryId }) {
  const { t } = useTranslation('writing')
  const turn = useSilentTurn(storyId)
  if (!turn) return null
  return (
    <p className={classes.line}>
      <span className={classes.dot} aria-hidden />
      {turn.role ? (
        <Worker storyId={storyId} role={turn.role} model={turn.model} writes={turn.messageId !== null} />
      ) : (
        t('turn.starting')
      )}
      {turn.roles.length > 1 && (
        <span className={classes.elapsed}>
          {` · ${t('turn.progress', { step: turn.at + 1, of: turn.roles.length })}`}
        </span>
      )}
      <Elapsed since={turn.stepSince} />
    </p>
  )
})

interface WorkerProps {
  storyId: StoryId
  role: RoleId
  model: string | null
  /** It writes what the reader sees. */
  writes: boolean
}

function Worker({ storyId, role, model, writes }: WorkerProps) {
  const { t } = useTranslation('writing')
  const roleName = useRoleName()
  const { data: cast } = useRoute('stories.cast', { id: storyId })
  const member = cast?.find((one) => one.role === role)
  // A backup that steps in is known by its id alone.
  const shown = model === null || model === member?.model ? member?.modelName : model
  const what = t(`turn.${writes ? 'writes' : workOf(role)}`, { role: roleName(role) })
  return (
    <>
      {what}
      {shown && ` · ${shown}`}
    </>
  )
}

function Elapsed({ since }: { since: number }) {
  const { t } = useTranslation('writing')
  const seconds = Math.max(0, Math.floor((useNow(true) - since) / 1000))
  // The first second says nothing: most answers begin within it.
  if (seconds === 0) return null
  return <span className={classes.elapsed}>{` · ${t('turn.seconds', { seconds })}`}</span>
}

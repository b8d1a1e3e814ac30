import { Button } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StageView } from '@contract/entities/stage'
import { useCommand } from '@renderer/api/queries'
import { IconButton } from '@renderer/components/IconButton'
import { useErrorText } from '@renderer/components/error-text'
import { notifyError } from '@renderer/components/notify'
import { StateDot } from '@renderer/components/StateDot'
import { UnreadableNote } from '@renderer/components/UnreadableNote'
import { useLocal } from '@renderer/components/use-local'
import { useUnsaved } from '@renderer/components/use-unsaved'
import { useStageSentence } from '@renderer/domain/media/use-stage-sentence'
import { useStageDrafts } from '@renderer/stores/stage-drafts'
import { IconRefresh } from '@tabler/icons-react'
import { StageForm } from './StageForm'
import { useListTime } from './use-list-time'
import classes from './MediaScreen.module.css'

const dots = { active: 'up', invalid: 'trouble', unknown: 'unknown' } as const

/** One of the four as a sentence, with how it stands; opened, the form that it is chosen in. */
export function StageSection({ stage }: { stage: StageView }) {
  const { t } = useTranslation('media')
  const local = useLocal()
  const sentence = useStageSentence()
  const listTime = useListTime()
  const formId = useId()
  const [open, setOpen] = useState(false)
  const { id, choice, listedAt } = stage
  const unsaved = useStageDrafts(({ drafts }) => drafts[id] !== undefined)
  useUnsaved(unsaved)
  const refresh = useCommand('stages.refresh', { onError: notifyError })
  const name = local(stage.name)
  return (
    <section className={classes.stage} aria-label={name}>
      <div className={classes.stageHead}>
        <div className={classes.stageWords}>
          <h2 className={classes.stageName}>{name}</h2>
          <p className={classes.sentence}>{sentence(stage) ?? local(stage.help)}</p>
          <Status stage={stage} />
        </div>
        <div className={classes.stageActions}>
          {unsaved && !open && <span className={classes.unsaved}>{t('form.unsaved')}</span>}
          {listedAt !== null && <span className={classes.listed}>{t('listed', { when: listTime(listedAt) })}</span>}
          {choice !== null && (
            <IconButton
              label={t('refresh', { name })}
              loading={refresh.isPending}
              onClick={() => refresh.mutate({ id })}
            >
              <IconRefresh size={16} stroke={1.6} aria-hidden />
            </IconButton>
          )}
          <Button
            variant="default"
            size="compact-sm"
            aria-expanded={open}
            aria-controls={open ? formId : undefined}
            aria-label={t(open ? 'foldNamed' : choice === null ? 'setUpNamed' : 'changeNamed', { name })}
            onClick={() => setOpen(!open)}
          >
            {t(open ? 'fold' : choice === null ? 'setUp' : 'change')}
          </Button>
        </div>
      </div>
      <UnreadableNote parts={stage.unreadable} />
      {open && (
        <div id={formId} className={classes.form}>
          <StageForm stage={stage} name={name} />
        </div>
      )}
    </section>
  )
}

/** How it stands in a word, and why where it does not work. */
function Status({ stage: { choice, status, problem } }: { stage: StageView }) {
  const { t } = useTranslation('media')
  const errorText = useErrorText()
  const reason = problem ? errorText(problem) : null
  return (
    <div role="status" className={classes.status}>
      <StateDot state={dots[status]} />
      <span>
        {t(choice === null ? 'status.unset' : `status.${status}`)}
        {reason && (
          <span className={classes.reason} data-status={status}>
            {[reason.what, reason.why, reason.next].filter(Boolean).join(' ')}
          </span>
        )}
      </span>
    </div>
  )
}

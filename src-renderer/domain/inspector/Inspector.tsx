import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconFileExport } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StoryId, TurnId } from '@contract/ids'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { notifyError } from '@renderer/components/notify'
import { SidePanel } from '@renderer/components/SidePanel'
import { downloadText } from '@renderer/components/text-files'
import { useInspector, type Inspected } from '@renderer/stores/ui-inspector'
import { DryRun } from './DryRun'
import { INSPECTOR_TITLE, InspectorHead } from './InspectorHead'
import { StepDetails } from './StepDetails'
import { StepTries } from './StepTries'
import { StepList } from './StepList'
import { totalsOf } from './turn-totals'
import classes from './Inspector.module.css'

export interface InspectorProps {
  shown: Inspected
  /** It lies over the page. */
  overlay: boolean
}

/** Beside the page: what each step of a turn sent and got, or what the next turn would send. */
export function Inspector({ shown, overlay }: InspectorProps) {
  return (
    <SidePanel labelledBy={INSPECTOR_TITLE} overlay={overlay} wide>
      {shown.kind === 'turn' ? (
        <TurnTaken storyId={shown.storyId} turnId={shown.turnId} />
      ) : (
        <DryRun storyId={shown.storyId} />
      )}
    </SidePanel>
  )
}

function TurnTaken({ storyId, turnId }: { storyId: StoryId; turnId: TurnId }) {
  const { t } = useTranslation('inspector')
  const format = useFormat()
  const steps = useRoute('turns.steps', { turnId })
  const [position, setPosition] = useState<number | null>(null)
  const show = useInspector((state) => state.show)
  const save = useCommand('turns.export', {
    onSuccess: ({ fileName, text }) => downloadText(fileName, text),
    onError: notifyError,
  })
  const list = steps.data ?? []
  const chosen = list.find((step) => step.position === position) ?? list.at(-1)
  const { ms, tokens, cost } = totalsOf(list)
  const facts = [
    t('steps', { count: list.length, shown: format.number(list.length) }),
    format.duration(ms),
    tokens === null ? null : t('tokens', { count: tokens, shown: format.number(tokens) }),
    cost ? format.cost(cost) : null,
  ].filter((fact) => fact !== null)
  return (
    <>
      <InspectorHead title={t('turn')} facts={list.length === 0 ? '' : facts.join(' · ')}>
        {list.length > 0 && (
          <Tooltip label={t('export')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={t('export')}
              loading={save.isPending}
              onClick={() => save.mutate({ turnId })}
            >
              <IconFileExport size={18} stroke={1.5} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        <Button variant="default" size="xs" onClick={() => show({ kind: 'dryRun', storyId })}>
          {t('dryRun.open')}
        </Button>
      </InspectorHead>
      {steps.isPending && <LoadingRows rows={4} height={38} />}
      {steps.error && <ErrorNotice error={steps.error} onRetry={() => void steps.refetch()} />}
      {steps.data?.length === 0 && <p className={classes.nothing}>{t('gone')}</p>}
      {chosen && (
        <>
          <StepTries storyId={storyId} turnId={turnId} />
          <StepList steps={list} chosen={chosen.position} onChoose={setPosition} />
          <StepDetails key={chosen.position} step={chosen} turnId={turnId} storyId={storyId} />
        </>
      )}
    </>
  )
}

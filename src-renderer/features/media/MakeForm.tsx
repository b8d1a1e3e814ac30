import { Button, SegmentedControl } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpokenPart } from '@contract/entities/media'
import type { StageView } from '@contract/entities/stage'
import { StageId } from '@contract/ids'
import type { JsonObject } from '@contract/values'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { notifyDone } from '@renderer/components/notify'
import { Unfolding } from '@renderer/components/Unfolding'
import { useLocal } from '@renderer/components/use-local'
import { modelsAreVoices, voicesOf } from '@renderer/domain/media/use-stage-sentence'
import { stringOf, valueAt } from '@contract/json'
import type { Making } from '@renderer/stores/media-dialog'
import { useOpenMedia } from '@renderer/stores/media-open'
import { hasOptions, StageOptions } from './StageOptions'
import { PlanLine } from './PlanLine'
import { SpokenParts } from './SpokenParts'
import { StageNote } from './StageNote'
import { textLimitOf } from './text-limit'
import { WorkedText } from './WorkedText'
import classes from './Make.module.css'

/** Milliseconds that the writer pauses before it is reckoned anew what the text takes. */
const PLAN_MS = 300

interface Props {
  making: Making
  stages: readonly StageView[]
  first: StageId
  onDone: () => void
}

/** What is made of a text, and how. */
export function MakeForm({ making, stages, first, onDone }: Props) {
  const { t } = useTranslation('media')
  const local = useLocal()
  const [stageId, setStageId] = useState(first)
  const [text, setText] = useState(making.text)
  const [settings, setSettings] = useState<JsonObject>({})
  const [parts, setParts] = useState<SpokenPart[] | null>(null)
  const stage = stages.find(({ id }) => id === stageId)
  const { storyId, messageId, sourceId } = making
  const wanted = { stage: stageId, storyId, messageId, sourceId, text: text.trim(), settings, parts }
  const [asked] = useDebouncedValue(wanted, PLAN_MS)
  const limit = stage && textLimitOf(stage)
  const able = limit !== undefined && stage?.choice !== null && wanted.text !== '' && wanted.text.length <= limit.most
  const isAsked = able && asked.stage === stageId && asked.text !== '' && asked.text.length <= limit.most
  const plan = useRoute('media.plan', asked, {
    enabled: isAsked,
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  const make = useCommand('media.make', {
    onSuccess: ({ id, storyId }) => {
      // What was asked for on a page is seen there as it is made.
      useOpenMedia.getState().set(id, true)
      if (storyId === null) notifyDone(t('make.begun'))
      onDone()
    },
  })
  if (!stage || !limit) return null
  const schema = stage.providers.find(({ providerId }) => providerId === stage.choice?.providerId)?.settingsSchema ?? {}
  const change = (next: string) => {
    setText(next)
    // They are places in the text as it was.
    setParts(null)
  }
  const chooseStage = (id: string) => {
    setStageId(StageId.parse(id))
    setSettings({})
    setParts(null)
    make.reset()
  }
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        make.mutate(wanted)
      }}
    >
      <div>
        <SegmentedControl
          aria-label={t('make.what')}
          value={stageId}
          onChange={chooseStage}
          data={stages.map(({ id, name }) => ({ value: id, label: local(name) }))}
        />
        <p className={classes.help}>{local(stage.help)}</p>
      </div>
      <StageNote stage={stage} onLeave={onDone} />
      <WorkedText kind={stage.kind} text={text} length={wanted.text.length} limit={limit} onChange={change} />
      {stage.kind === 'speech' && stage.choice !== null && (
        <SpokenParts
          stage={stage}
          storyId={storyId}
          text={asked.text}
          parts={parts ?? plan.data?.parts ?? []}
          onChange={setParts}
        />
      )}
      {stage.choice !== null && hasOptions(schema) && (
        <Unfolding label={t('make.options')}>
          <div className={classes.options}>
            <StageOptions
              key={stageId}
              schema={schema}
              voices={modelsAreVoices(stage) ? [] : voicesOf(stage)}
              usualVoice={stringOf(stage.choice.settings['voice'])}
              value={settings}
              origins={{
                here: t('make.here'),
                below: (path) => {
                  const value = valueAt(stage.choice?.settings, path)
                  return value === undefined ? undefined : { value, from: t('make.fromMedia') }
                },
              }}
              onChange={setSettings}
            />
          </div>
        </Unfolding>
      )}
      {make.error && <ErrorNotice error={make.error} />}
      <div className={classes.foot}>
        {isAsked && <PlanLine plan={plan.data} error={make.error ? null : plan.error} />}
        <Button type="submit" loading={make.isPending} disabled={!able}>
          {t('make.action')}
        </Button>
      </div>
    </form>
  )
}

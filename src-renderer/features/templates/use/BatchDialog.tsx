import { Alert, Button, Checkbox, Modal, NumberInput, SegmentedControl } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MOST_AT_ONCE, MOST_ROWS, type BatchSource } from '@contract/entities/batch'
import type { InputValues, Template } from '@contract/entities/template'
import type { StoryId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { useCommand } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { BatchFaults } from './BatchFaults'
import { BatchList } from './BatchList'
import { useInputList } from './use-input-list'
import classes from './Batches.module.css'

interface Props {
  template: Template
  /** What stands in the form: the values of a batch that repeats them. */
  values: InputValues
  storyId: StoryId | null
  onClose: () => void
}

const kinds = ['list', 'repeat'] as const
/** Rows at the same time, unless the user says otherwise. */
const AT_ONCE = 4

/** Uses a template for a list of inputs, or for the same ones several times; says before the start what that takes. */
export function BatchDialog({ template, values, storyId, onClose }: Props) {
  const { t } = useTranslation('generations')
  const common = useTranslation('common').t
  const format = useFormat()
  const asksNothing = template.content.variables.length === 0
  const [kind, setKind] = useState<(typeof kinds)[number]>(asksNothing ? 'repeat' : 'list')
  const [count, setCount] = useState(5)
  const [concurrency, setConcurrency] = useState(AT_ONCE)
  const [skipFaulty, setSkipFaulty] = useState(false)
  const input = useInputList(template.id)
  const { list } = input
  const source: BatchSource | null =
    kind === 'repeat'
      ? { kind, inputs: values, count }
      : list && { kind, fileName: list.fileName, text: list.text, mapping: list.mapping }
  const used = { templateId: template.id, version: template.version, storyId }
  const plan = useQuery({
    // The list itself may have millions of characters: its number stands for it.
    queryKey: ['batch plan', used, kind, kind === 'repeat' ? [values, count] : list?.serial],
    queryFn: () => (source ? request('batches.plan', { ...used, source }) : null),
    enabled: source !== null,
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  const start = useCommand('batches.start', {
    onError: notifyError,
    onSuccess: (batch) => {
      notifyDone(t('batch.started', { name: batch.templateName }))
      onClose()
    },
  })
  const planned = source ? plan.data : null
  const faulty = planned?.faulty ?? 0
  const rows = (planned?.rows ?? 0) - (skipFaulty ? faulty : 0)
  const ready = planned && !plan.isPlaceholderData && rows > 0 && (faulty === 0 || skipFaulty)
  const estimate = planned && [
    t('plan.tokens', { number: format.number(planned.estimate.inputTokens + planned.estimate.outputTokens) }),
    planned.estimate.cost === null ? t('plan.noPrice') : t('plan.cost', { cost: format.cost(planned.estimate.cost) }),
    planned.model || t('use.noModel'),
  ]
  return (
    <Modal
      opened
      onClose={onClose}
      size={760}
      title={t('plan.title', { name: template.name })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <div className={classes.dialog}>
        {!asksNothing && (
          <SegmentedControl
            fullWidth
            aria-label={t('plan.source')}
            value={kind}
            data={kinds.map((value) => ({ value, label: t(`plan.kinds.${value}`) }))}
            onChange={(value) => setKind(kinds.find((one) => one === value) ?? 'list')}
          />
        )}
        {kind === 'list' ? (
          <BatchList variables={template.content.variables} input={input} />
        ) : (
          <NumberInput
            label={t('plan.times')}
            description={t('plan.timesHelp')}
            styles={{ wrapper: { maxWidth: 220 } }}
            min={1}
            max={MOST_ROWS}
            allowDecimal={false}
            clampBehavior="blur"
            value={count}
            onChange={(next) => typeof next === 'number' && next >= 1 && next <= MOST_ROWS && setCount(next)}
          />
        )}
        {plan.error && <ErrorNotice error={plan.error} onRetry={() => void plan.refetch()} />}
        {planned && faulty > 0 && (
          <div>
            <Alert variant="light" color="gray" p="xs">
              {t('plan.faulty', {
                count: faulty,
                number: format.number(faulty),
                rows: format.number(planned.rows),
              })}
            </Alert>
            <BatchFaults variables={template.content.variables} faults={planned.faults} text={list?.text ?? ''} />
            {/* Where no row is left without them, there is nothing to go on with. */}
            {faulty < planned.rows && (
              <Checkbox
                mt="sm"
                label={t('plan.skip')}
                checked={skipFaulty}
                onChange={(event) => setSkipFaulty(event.currentTarget.checked)}
              />
            )}
          </div>
        )}
        <NumberInput
          label={t('plan.concurrency')}
          description={t('plan.concurrencyHelp')}
          styles={{ wrapper: { maxWidth: 220 } }}
          min={1}
          max={MOST_AT_ONCE}
          allowDecimal={false}
          clampBehavior="strict"
          value={concurrency}
          onChange={(next) => typeof next === 'number' && next >= 1 && setConcurrency(next)}
        />
        <div className={classes.dialogFoot}>
          <span className={classes.facts} role="status">
            {estimate?.join(' · ')}
          </span>
          <span className={classes.grow} />
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button
            disabled={!ready}
            loading={start.isPending}
            onClick={() => source && start.mutate({ ...used, source, concurrency, skipFaulty })}
          >
            {ready ? t('plan.start', { count: rows, rows: format.number(rows) }) : t('plan.startNone')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

import { Button, Modal, SegmentedControl, UnstyledButton } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Batch, BatchRow, BatchRowState } from '@contract/entities/batch'
import type { GenerationId } from '@contract/ids'
import { textOf } from '@contract/json'
import { request } from '@renderer/api/bridge'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useErrorText } from '@renderer/components/error-text'
import { useFormat } from '@renderer/components/format'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { PageRows } from '@renderer/components/PageRows'
import { GenerationCard } from '@renderer/domain/generation/GenerationCard'
import { useFaultText } from './fault-words'
import classes from './Batches.module.css'

const PAGE = 200
const ROW_HEIGHT = 52

const filters = ['all', 'trouble', 'complete'] as const
type Filter = (typeof filters)[number]
const statesOf: Readonly<Record<Filter, BatchRowState[] | undefined>> = {
  all: undefined,
  trouble: ['invalid', 'failed', 'skipped'],
  complete: ['complete'],
}

/** The rows of a batch, however many, each with its answer. */
export function BatchRowsDialog({ batch, onClose }: { batch: Batch; onClose: () => void }) {
  const { t } = useTranslation('generations')
  const common = useTranslation('common').t
  const [open, setOpen] = useState<GenerationId | null>(null)
  const [filter, setFilter] = useState<Filter>('all')
  return (
    <Modal
      opened
      onClose={onClose}
      size={860}
      title={t('batch.rowsOf', { name: batch.templateName })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {open ? (
        <>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            mb="sm"
            ml={-8}
            leftSection={<IconArrowLeft size={15} aria-hidden />}
            onClick={() => setOpen(null)}
          >
            {t('batch.back')}
          </Button>
          <GenerationCard id={open} onAgain={(made) => setOpen(made)} />
        </>
      ) : (
        <>
          <SegmentedControl
            size="xs"
            mb="sm"
            aria-label={t('batch.filter')}
            value={filter}
            data={filters.map((value) => ({ value, label: t(`batch.filters.${value}`) }))}
            onChange={(value) => setFilter(filters.find((one) => one === value) ?? 'all')}
          />
          <Rows batch={batch} filter={filter} onOpen={setOpen} />
        </>
      )}
    </Modal>
  )
}

function Rows({ batch: { id }, filter, onOpen }: { batch: Batch; filter: Filter; onOpen: (id: GenerationId) => void }) {
  const { t } = useTranslation('generations')
  const states = statesOf[filter]
  const input = { id, ...(states && { states }), limit: PAGE }
  const pages = useInfiniteQuery({
    queryKey: ['batches.rows', input],
    queryFn: ({ pageParam }) => request('batches.rows', { ...input, after: pageParam }),
    initialPageParam: 0,
    getNextPageParam: (rows) => (rows.length < PAGE ? undefined : rows.at(-1)?.row),
  })
  if (pages.isPending) return <LoadingRows rows={6} height={ROW_HEIGHT} />
  if (pages.error) return <ErrorNotice error={pages.error} onRetry={() => void pages.refetch()} />
  const rows = pages.data.pages.flat()
  if (rows.length === 0) return <p className={classes.soft}>{t('batch.noRows')}</p>
  const readMore = () => {
    if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage()
  }
  return (
    <div className={classes.scroller} data-page-scroll aria-busy={pages.isFetchingNextPage}>
      <PageRows
        label={t('batch.rows')}
        items={rows}
        keyOf={({ row }) => String(row)}
        rowHeight={ROW_HEIGHT}
        onNearEnd={readMore}
      >
        {(row) => <Row row={row} onOpen={onOpen} />}
      </PageRows>
    </div>
  )
}

function Row({ row, onOpen }: { row: BatchRow; onOpen: (id: GenerationId) => void }) {
  const { t } = useTranslation('generations')
  const format = useFormat()
  const errorText = useErrorText()
  const faultText = useFaultText([])
  const { generationId, state, title, inputs, error, faults } = row
  const [fault] = faults
  const why = error ? errorText(error).what : fault ? faultText(fault) : ''
  const content = (
    <>
      <span className={classes.number}>{format.number(row.row)}</span>{' '}
      <span className={classes.rowText}>
        <span className={classes.rowTitle}>{title || inputsOf(inputs)}</span>{' '}
        <span className={classes.rowMore}>{why || (title ? inputsOf(inputs) : '')}</span>
      </span>{' '}
      <span className={classes.rowState} data-state={state}>
        {t(`batch.states.${state}`)}
      </span>
    </>
  )
  return generationId === null ? (
    <div className={classes.row}>{content}</div>
  ) : (
    <UnstyledButton className={classes.row} onClick={() => onOpen(generationId)}>
      {content}
    </UnstyledButton>
  )
}

const inputsOf = (inputs: BatchRow['inputs']): string =>
  Object.values(inputs)
    .filter((value) => value !== null && value !== '' && value !== false)
    .map((value) => textOf(value))
    .join(' · ')
    .slice(0, 200)

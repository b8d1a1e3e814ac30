import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BatchId, TemplateId } from '@contract/ids'
import { BatchLine } from './BatchLine'
import { BatchRowsDialog } from './BatchRowsDialog'
import { useBatches } from './use-batches'
import classes from './Batches.module.css'

/** More batches than these that are over are shown when they are asked for. */
const MOST_DONE = 5

/** What runs in the background, a line each: of one template, or of all. */
export function Batches({ templateId }: { templateId?: TemplateId }) {
  const { t } = useTranslation('generations')
  const batches = useBatches(templateId)
  const [open, setOpen] = useState<BatchId | null>(null)
  const going = batches.filter(({ state }) => state !== 'done')
  const over = batches.filter(({ state }) => state === 'done').slice(0, MOST_DONE)
  const isRunning = batches.some(({ state }) => state === 'running')
  const opened = batches.find(({ id }) => id === open)
  if (batches.length === 0) return null
  return (
    <section className={classes.batches} aria-label={t('batch.list')}>
      <h2 className={classes.title}>{t(isRunning ? 'use.background' : 'batch.list')}</h2>
      <ul className={classes.list}>
        {[...going, ...over].map((batch) => (
          <BatchLine key={batch.id} batch={batch} onOpen={() => setOpen(batch.id)} />
        ))}
      </ul>
      {opened && <BatchRowsDialog batch={opened} onClose={() => setOpen(null)} />}
    </section>
  )
}

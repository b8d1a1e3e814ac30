import type { Batch } from '@contract/entities/batch'
import { BatchId, JobId } from '@contract/ids'
import { idOf } from './made-templates'

export const NOW = '2026-01-02T03:04:05.000Z'
export const jobId = JobId.parse(idOf(60))
export const progress = {
  waiting: 388,
  running: 0,
  complete: 605,
  invalid: 4,
  failed: 3,
  skipped: 0,
  inputTokens: 1,
  outputTokens: 1,
  cost: 0.31,
  leftMs: 240_000,
}
export const batch = (part: Partial<Batch> = {}): Batch => ({
  id: BatchId.parse(idOf(61)),
  templateId: idOf(1),
  templateName: 'Names',
  version: 1,
  storyId: null,
  fileName: 'crew.csv',
  asked: null,
  gatewayKey: null,
  concurrency: 4,
  rows: 1000,
  state: 'running',
  error: null,
  progress,
  jobId,
  createdAt: NOW,
  ...part,
})

import { setTimeout as rest } from 'node:timers/promises'
import { BATCH, BatchInput, BatchProgress, type BatchRowState } from '@contract/entities/batch'
import type { TemplateContent } from '@contract/entities/template'
import { CommonError, FabulaError } from '@contract/errors'
import type { BatchId, GenerationId } from '@contract/ids'
import type { KeptBatch, TakenRow } from '@main/data/batch-store'
import type { GenerationRow } from '@main/data/generation-store'
import { jsonColumn } from '@main/data/json-column'
import type { Stores } from '@main/data/stores'
import { atMostEvery } from '@main/jobs/at-most-every'
import type { JobKind, RunningJob } from '@main/jobs/job-kind'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { Failover } from '@main/routing/failover'
import { createTroubles } from './batch-troubles'
import { usableInputs } from './check-inputs'
import { begunGeneration } from './generation-row'
import type { StartRun } from './generation-run'
import { noLiveText } from './live-text'
import { withSeed } from './seed'
import { templateCall } from './template-call'
import type { TemplateList } from './template-list'

/** Lists that show rows of a batch are asked for again so often at most. */
const TELL_EVERY_MS = 500

const nothingYet: BatchProgress = {
  waiting: 0,
  running: 0,
  complete: 0,
  invalid: 0,
  failed: 0,
  skipped: 0,
  inputTokens: 0,
  outputTokens: 0,
  cost: 0,
  leftMs: null,
}

/**
 * Takes the rows of a batch, some at a time, each as one generation. May be cut off anywhere: a row that was not finished is
 * taken again, and its generation keeps the answers that it had.
 */
export function createBatchKind(ports: {
  stores: Stores
  templates: Pick<TemplateList, 'used'>
  failover: Pick<Failover, 'plan'>
  startRun: StartRun
  events: EventHub
  clock: Clock
}): JobKind<BatchInput, BatchProgress> {
  const { stores, templates, failover, startRun, events, clock } = ports

  const batchOf = (id: BatchId): KeptBatch => {
    const batch = stores.batches.get(id)
    if (!batch) throw new FabulaError(CommonError.NotFound, `There is no batch ${id}`, { details: { path: 'batchId' } })
    return batch
  }

  const run = async ({ input: { batchId }, report, signal }: RunningJob<BatchInput, BatchProgress>): Promise<void> => {
    const batch = batchOf(batchId)
    const { content } = templates.used(batch.templateId, batch.version, batch.language)
    stores.batches.waitAgain(batchId, ['running'])
    const ended = new AbortController()
    const stop = AbortSignal.any([signal, ended.signal])
    const troubles = createTroubles()
    const began = clock.now()
    let finished = 0
    let restUntil = 0

    const changed = new Set<GenerationId>()
    const tell = atMostEvery(TELL_EVERY_MS, () => {
      events.changed({ topic: 'batches', ids: [batchId] }, { topic: 'generations', ids: [...changed] })
      changed.clear()
    })
    const counts = stores.batches.counts(batchId)
    const say = () => {
      const left = counts.waiting + counts.running
      const leftMs = finished === 0 ? null : Math.max(0, Math.round(((clock.now() - began) / finished) * left))
      report({ ...counts, leftMs })
      tell.soon()
    }
    const move = (from: BatchRowState, to: BatchRowState) => {
      counts[from] -= 1
      counts[to] += 1
    }
    const count = (before: GenerationRow, after: GenerationRow) => {
      counts.inputTokens += (after.inputTokens ?? 0) - (before.inputTokens ?? 0)
      counts.outputTokens += (after.outputTokens ?? 0) - (before.outputTokens ?? 0)
      if (counts.cost === null || after.state === 'failed' || after.state === 'stopped') return
      counts.cost = after.cost === null ? null : counts.cost + after.cost - (before.cost ?? 0)
    }

    /** What became of a row: its generation and its state are kept together. */
    const finish = (row: number, before: GenerationRow, after: GenerationRow, state: BatchRowState) => {
      stores.transaction(() => {
        stores.generations.update(after)
        stores.batches.setState(batchId, row, state)
      })
      count(before, after)
      move('running', state)
      changed.add(after.id)
    }

    const oneRow = async (taken: TakenRow, begun: GenerationRow): Promise<void> => {
      const values = await usableInputs(content.variables, taken.inputs)
      const call = withSeed(templateCall(stores, content, batch.storyId, batch.asked), begun.seed)
      const { ended: done } = startRun({
        row: begun,
        content,
        call,
        values,
        live: noLiveText,
        signal: stop,
        keep: (row) => {
          // Its end is kept with the state of its row.
          if (row.state === 'running') stores.generations.update(row)
        },
      })
      const after = await done
      const trouble = after.state === 'failed' && after.error ? troubles.judge(after.error) : null
      switch (after.state) {
        case 'complete':
        case 'invalid':
          troubles.answered()
          finished += 1
          return finish(taken.row, begun, after, after.state)
        case 'failed':
          if (trouble && trouble.kind !== 'row') {
            finish(taken.row, begun, after, 'waiting')
            if (trouble.kind === 'pause') ended.abort(trouble.error)
            else restUntil = Math.max(restUntil, clock.now() + trouble.ms)
            return
          }
          finished += 1
          return finish(taken.row, begun, after, 'failed')
        default:
          return finish(taken.row, begun, after, 'waiting')
      }
    }

    /** What stands in the way of every call passes, or ends the batch. */
    const hinder = (error: unknown) => {
      const trouble = error instanceof FabulaError ? troubles.judge(error.toShape()) : null
      if (trouble?.kind === 'rest') restUntil = Math.max(restUntil, clock.now() + trouble.ms)
      else ended.abort(error)
    }

    const worker = async (): Promise<void> => {
      while (!stop.aborted) {
        const ms = restUntil - clock.now()
        // What was ended while it rested is seen by the loop.
        if (ms > 0) await rest(ms, null, { signal: stop }).catch(() => null)
        if (stop.aborted) return
        try {
          const next = takeRow(batch, content)
          if (!next) return
          move('waiting', 'running')
          say()
          await oneRow(next.taken, next.begun)
          say()
        } catch (error) {
          hinder(error)
        }
      }
    }

    say()
    await Promise.all(Array.from({ length: batch.concurrency }, worker))
    tell.stop()
    events.changed({ topic: 'batches', ids: [batchId] }, { topic: 'generations', ids: [...changed] })
    if (ended.signal.aborted && !signal.aborted) throw ended.signal.reason
  }

  /** The next row, and the generation that it is: the one that it was begun as before, or a new one. */
  const takeRow = (batch: KeptBatch, content: TemplateContent): { taken: TakenRow; begun: GenerationRow } | null => {
    const plan = failover.plan(templateCall(stores, content, batch.storyId, batch.asked))
    return stores.transaction(() => {
      const taken = stores.batches.take(batch)
      if (!taken) return null
      const { id, templateId, templateName, version, language, storyId, asked } = batch
      const before = stores.generations.ofRow(id, taken.row)
      if (before) {
        const begun: GenerationRow = { ...before, state: 'running', error: null }
        stores.generations.restore([before.id])
        stores.generations.update(begun)
        return { taken, begun }
      }
      const begun = begunGeneration(
        {
          templateId,
          templateName,
          version,
          language,
          storyId,
          asked,
          batch: { id, row: taken.row },
          inputs: taken.inputs,
          selection: '',
          seed: null,
        },
        content,
        plan,
        timestamp(clock)
      )
      stores.generations.insert(begun)
      return { taken, begun }
    })
  }

  return {
    id: BATCH,
    schema: BatchInput,
    input: jsonColumn(BatchInput),
    progress: jsonColumn(BatchProgress),
    nothingYet,
    place: ({ batchId }) => {
      batchOf(batchId)
      return { key: `${BATCH}/${batchId}`, subject: batchId, serverId: null }
    },
    run,
  }
}

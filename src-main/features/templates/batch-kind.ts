import { setTimeout as rest } from 'node:timers/promises'
import { BATCH, BatchInput, BatchProgress, type BatchRowState } from '@contract/entities/batch'
import type { TemplateContent } from '@contract/entities/template'
import { CommonError, FabulaError } from '@contract/errors'
import type { BatchId, GenerationId } from '@contract/ids'
import type { KeptBatch, TakenRow } from '@main/data/batch-store'
import type { GenerationRow } from '@main/data/stored-generation'
import { jsonColumn } from '@main/data/json-column'
import type { Stores } from '@main/data/stores'
import { createTogether } from '@main/data/together'
import type { KeyGuard } from '@main/gateway/key-guard'
import { atMostEvery } from '@main/jobs/at-most-every'
import type { JobKind, RunningJob } from '@main/jobs/job-kind'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { CallPlan } from '@main/routing/call-plan'
import type { Failover } from '@main/routing/failover'
import { noCounts, type KnownCounts } from './batch-counts'
import { createTroubles, type Trouble } from './batch-troubles'
import { usableInputs } from '@main/generation/check-inputs'
import type { RoleRegistry } from '@main/settings/role-registry'
import { begunGeneration } from './generation-row'
import type { StartRun } from './generation-run'
import { noLiveText } from './live-text'
import { withSeed } from './seed'
import { templateCall, templateModelName } from './template-call'
import type { TemplateList } from './template-list'

/** Lists that show rows of a batch are asked for again so often at most. */
const TELL_EVERY_MS = 500

const nothingYet: BatchProgress = { ...noCounts, leftMs: null }

/**
 * Takes the rows of a batch, some at a time, each as one generation. May be cut off anywhere: a row that was not finished is
 * taken again, and its generation keeps the answers that it had.
 */
export function createBatchKind(ports: {
  stores: Stores
  roles: RoleRegistry
  templates: Pick<TemplateList, 'used'>
  failover: Pick<Failover, 'plan'>
  guard: Pick<KeyGuard, 'follow'>
  startRun: StartRun
  counts: KnownCounts
  events: EventHub
  clock: Clock
}): JobKind<BatchInput, BatchProgress> {
  const { stores, templates, failover, guard, startRun, counts, events, clock } = ports
  const together = createTogether(stores.transaction)

  const batchOf = (id: BatchId): KeptBatch => {
    const batch = stores.batches.get(id)
    if (!batch) throw new FabulaError(CommonError.NotFound, `There is no batch ${id}`, { details: { path: 'batchId' } })
    return batch
  }

  const run = async ({ input: { batchId }, report, signal }: RunningJob<BatchInput, BatchProgress>): Promise<void> => {
    const batch = batchOf(batchId)
    const { content } = templates.used(batch.templateId, batch.version, batch.language)
    if (stores.batches.waitAgain(batchId, ['running']) > 0) counts.forget(batchId)
    const ended = new AbortController()
    const stop = AbortSignal.any([signal, ended.signal])
    const troubles = createTroubles(counts.of(batchId))
    const began = clock.now()
    let finished = 0
    let restUntil = 0

    const changed = new Set<GenerationId>()
    const tell = atMostEvery(TELL_EVERY_MS, () => {
      events.changed({ topic: 'batches', ids: [batchId] }, { topic: 'generations', ids: [...changed] })
      changed.clear()
    })
    const say = () => {
      const now = counts.of(batchId)
      const left = now.waiting + now.running
      const leftMs = finished === 0 ? null : Math.max(0, Math.round(((clock.now() - began) / finished) * left))
      report({ ...now, leftMs })
      tell.soon()
    }
    const move = (from: BatchRowState, to: BatchRowState) =>
      counts.change(batchId, (now) => {
        now[from] -= 1
        now[to] += 1
      })
    const count = (before: GenerationRow, after: GenerationRow) =>
      counts.change(batchId, (now) => {
        now.inputTokens += (after.inputTokens ?? 0) - (before.inputTokens ?? 0)
        now.outputTokens += (after.outputTokens ?? 0) - (before.outputTokens ?? 0)
        if (now.cost === null || after.state === 'failed' || after.state === 'stopped') return
        now.cost = after.cost === null ? null : now.cost + after.cost - (before.cost ?? 0)
      })

    /** What became of a row: its generation and its state are kept together. */
    const finish = (row: number, before: GenerationRow, after: GenerationRow, state: BatchRowState): Promise<void> =>
      together(
        () => {
          stores.generations.update(after)
          stores.batches.setState(batchId, row, state)
        },
        () => {
          count(before, after)
          move('running', state)
          changed.add(after.id)
          say()
        }
      )

    /** What of a batch must stop for: at once, or until something passes. Returns whether the row is to be taken again. */
    const heed = (trouble: Trouble): boolean => {
      if (trouble.kind === 'pause') ended.abort(trouble.error)
      if (trouble.kind === 'rest') restUntil = Math.max(restUntil, clock.now() + trouble.ms)
      return trouble.kind !== 'row'
    }

    /** Resolves once the row is over; what became of it is kept then by the promise inside. */
    const oneRow = async (taken: TakenRow, begun: GenerationRow): Promise<{ kept: Promise<void> }> => {
      const values = await usableInputs(content.variables, taken.inputs)
      const call = withSeed(templateCall(ports, content, batch.storyId, batch.asked), begun.seed)
      const { gatewayKey } = begun
      const { ended: done } = startRun({
        row: begun,
        content,
        call,
        values,
        live: noLiveText,
        signal: stop,
        pass: gatewayKey && guard.follow(gatewayKey, templateModelName(ports, content, batch.storyId, batch.asked)),
        keep: (row) => {
          // Its end is kept with the state of its row.
          if (row.state === 'running') together(() => stores.generations.update(row)).catch(hinder)
        },
      })
      const after = await done
      const end = (state: BatchRowState) => ({ kept: finish(taken.row, begun, after, state) })
      switch (after.state) {
        case 'complete':
        case 'invalid': {
          finished += 1
          const trouble = troubles.answered(after)
          if (trouble) heed(trouble)
          return end(after.state)
        }
        case 'failed':
          if (after.error && heed(troubles.judge(after.error))) return end('waiting')
          finished += 1
          return end('failed')
        default:
          return end('waiting')
      }
    }

    /** What stands in the way of every call passes, or ends the batch. */
    const hinder = (error: unknown) => {
      const trouble = error instanceof FabulaError ? troubles.judge(error.toShape()) : null
      if (trouble?.kind === 'rest') heed(trouble)
      else ended.abort(error)
    }

    const worker = async (): Promise<void> => {
      let kept = Promise.resolve()
      while (!stop.aborted) {
        try {
          const ms = restUntil - clock.now()
          if (ms > 0) {
            await kept
            // What was ended while it rested is seen by the loop.
            await rest(ms, null, { signal: stop }).catch(() => null)
            if (stop.aborted) break
          }
          // The end of one row and the beginning of the next are one commit.
          const plan = failover.plan(templateCall(ports, content, batch.storyId, batch.asked))
          const taking = together(
            () => takeRow(batch, content, plan),
            (next) => next && move('waiting', 'running')
          )
          const [next] = await Promise.all([taking, kept])
          if (!next) return
          say()
          kept = (await oneRow(next.taken, next.begun)).kept
        } catch (error) {
          kept = Promise.resolve()
          hinder(error)
        }
      }
      await kept.catch(hinder)
    }

    say()
    await Promise.all(Array.from({ length: batch.concurrency }, worker))
    tell.stop()
    events.changed({ topic: 'batches', ids: [batchId] }, { topic: 'generations', ids: [...changed] })
    if (ended.signal.aborted && !signal.aborted) throw ended.signal.reason
  }

  /** The next row, and the generation that it is: the one that it was begun as before, or a new one. */
  const takeRow = (
    batch: KeptBatch,
    content: TemplateContent,
    plan: CallPlan
  ): { taken: TakenRow; begun: GenerationRow } | null => {
    const taken = stores.batches.take(batch)
    if (!taken) return null
    const { id, templateId, templateName, version, language, storyId, asked, gatewayKey } = batch
    const before = stores.generations.ofRow(id, taken.row)
    if (before) {
      const begun: GenerationRow = { ...before, state: 'running', error: null, gatewayKey }
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
        gatewayKey,
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

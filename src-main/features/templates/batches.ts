import { setImmediate as immediately } from 'node:timers/promises'
import { BATCH, BatchProgress, type Batch, type BatchRow, type BatchSource } from '@contract/entities/batch'
import type { Job } from '@contract/entities/job'
import type { InputVariable, TemplateContent } from '@contract/entities/template'
import { CommonError, FabulaError } from '@contract/errors'
import { BatchId, type GatewayKeyId, type StoryId, type TemplateId } from '@contract/ids'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import type { GatewayKeyRef } from '@contract/entities/gateway'
import type { Language } from '@contract/values'
import type { KeptBatch, NewBatchRow } from '@main/data/batch-store'
import type { Stores } from '@main/data/stores'
import { faultsOf } from '@main/generation/batch-rows'
import { inputError } from '@main/generation/check-inputs'
import type { KeyGuard } from '@main/gateway/key-guard'
import type { Jobs } from '@main/jobs/job-runner'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import type { Failover } from '@main/routing/failover'
import type { RoleRegistry } from '@main/settings/role-registry'
import type { ListPlan } from '@main/workers/list-questions'
import type { Lists } from '@main/workers/lists'
import type { Reads } from '@main/workers/reads'
import type { KnownCounts } from './batch-counts'
import { estimateOf } from './batch-estimate'
import { templateCall, templateModelName } from './template-call'
import type { TemplateList } from './template-list'
import type { TemplatePrompts } from './template-prompts'

/** Rows with the same values that are kept at a time. */
const PART = 1000
/** Rows that are kept at a time: a few milliseconds of work. */
const AT_ONCE = 200
/** Generations of a batch that lists are told of by name, when it goes or comes back. */
const MOST_NAMED = 1000

/** Templates that are used for many inputs, in the background. */
export interface Batches {
  read(input: ParsedInput<'batches.read'>): Promise<RouteOutput<'batches.read'>>
  plan(input: ParsedInput<'batches.plan'>): Promise<RouteOutput<'batches.plan'>>
  start(input: ParsedInput<'batches.start'>): Promise<Batch>
  list(filter: ParsedInput<'batches.list'>): Batch[]
  get(id: BatchId): Batch
  rows(input: ParsedInput<'batches.rows'>): BatchRow[]
  pause(id: BatchId): Batch
  resume(input: ParsedInput<'batches.resume'>): Batch
  retry(input: ParsedInput<'batches.retry'>): Batch
  remove(ids: readonly BatchId[]): void
  restore(ids: readonly BatchId[]): void
  export(input: ParsedInput<'batches.export'>): Promise<RouteOutput<'batches.export'>>
}

export function createBatches(ports: {
  stores: Stores
  roles: RoleRegistry
  templates: Pick<TemplateList, 'used'>
  prompts: Pick<TemplatePrompts, 'write'>
  failover: Pick<Failover, 'plan'>
  guard: KeyGuard
  jobs: Jobs
  lists: Pick<Lists, 'head' | 'plan' | 'rows'>
  reads: Pick<Reads, 'ask'>
  counts: KnownCounts
  language: () => Language
  events: EventHub
  clock: Clock
}): Batches {
  const { stores, templates, prompts, failover, guard, jobs, lists, reads, language, events, clock } = ports

  const kept = (id: BatchId): KeptBatch => {
    const batch = stores.batches.get(id)
    if (!batch) throw new FabulaError(CommonError.NotFound, `There is no batch ${id}`, { details: { path: 'id' } })
    return batch
  }
  const changed = (id: BatchId) => events.changed({ topic: 'batches', ids: [id] })
  const isUnderWay = (job: Job | null) => job?.state === 'running' || job?.state === 'waiting'

  const view = (batch: KeptBatch): Batch => {
    const { language: _language, inputs: _inputs, ...told } = batch
    const job = jobs.about(BATCH, batch.id)
    const running = isUnderWay(job)
    const counts = ports.counts.of(batch.id)
    const leftMs = running ? (BatchProgress.safeParse(job?.progress).data?.leftMs ?? null) : null
    const isDone = counts.waiting + counts.running === 0
    return {
      ...told,
      state: running ? 'running' : isDone ? 'done' : 'paused',
      error: running || isDone ? null : (job?.error ?? null),
      progress: { ...counts, leftMs },
      jobId: job?.id ?? null,
    }
  }

  const checkStory = (id: StoryId | null) => {
    const story = id === null ? null : stores.stories.get(id)
    if (id !== null && (!story || story.deleted))
      throw new FabulaError(CommonError.NotFound, `There is no story ${id}`, { details: { path: 'storyId' } })
  }
  const prepare = ({ templateId, version, storyId, model }: ParsedInput<'batches.plan'>) => {
    const template = templates.used(templateId, version, language())
    checkStory(storyId)
    const plan = failover.plan(templateCall(ports, template.content, storyId, model))
    return { template, plan, variables: template.content.variables }
  }
  const planOf = async (variables: readonly InputVariable[], source: BatchSource): Promise<ListPlan> => {
    if (source.kind === 'list') return lists.plan(variables, source)
    const faults = await faultsOf(variables, source.inputs, { row: 1, line: 1 })
    const isFaulty = faults.length > 0
    return {
      rows: source.count,
      faulty: isFaulty ? source.count : 0,
      faults,
      sample: isFaulty ? [] : [source.inputs],
    }
  }
  /** The rows of a batch, some at a time. */
  async function* partsOf(variables: readonly InputVariable[], source: BatchSource): AsyncGenerator<RowsPart> {
    if (source.kind === 'list') return yield* lists.rows(variables, source)
    const faults = await faultsOf(variables, source.inputs, { row: 1, line: 1 })
    const row = { line: 1, inputs: null, faults }
    for (let left = source.count; left > 0; left -= PART)
      yield {
        rows: Array.from({ length: Math.min(left, PART) }, () => row),
        total: source.count,
        faulty: faults.length > 0 ? row : null,
      }
  }
  const averageAnswer = (templateId: TemplateId): number | null => {
    const { generations } = stores
    const recent = generations.list({ templateId, states: ['complete'], limit: 50 })
    const counts = recent.flatMap(({ outputTokens }) => outputTokens ?? [])
    return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0) / counts.length
  }

  const usesOf = (ids: readonly BatchId[]) =>
    ids.flatMap((batchId) => stores.generations.list({ batchId, limit: MOST_NAMED }).map(({ id }) => id))

  /** The key that a batch counts for; throws why that may not use the batch's model now. */
  const keyFor = (
    id: GatewayKeyId | null,
    content: TemplateContent,
    { storyId, asked }: Pick<KeptBatch, 'storyId' | 'asked'>
  ): GatewayKeyRef | null => id && guard.check(id, templateModelName(ports, content, storyId, asked))

  /** From now on it counts for whoever goes on with it. */
  const takeOver = ({ id, gatewayKeyId }: ParsedInput<'batches.resume'>): void => {
    const batch = kept(id)
    const contentOf = () => templates.used(batch.templateId, batch.version, batch.language).content
    stores.batches.setGatewayKey(id, gatewayKeyId && keyFor(gatewayKeyId, contentOf(), batch))
  }

  const begin = (id: BatchId): Batch => {
    jobs.start(BATCH, { batchId: id })
    changed(id)
    return view(kept(id))
  }

  return {
    read: async ({ templateId, ...list }) => {
      const { content } = templates.used(templateId, undefined, language())
      return lists.head(content.variables, list)
    },

    plan: async (input) => {
      const { template, plan, variables } = prepare(input)
      const { content } = template
      const { rows, faulty, faults, sample } = await planOf(variables, input.source)
      const asked = { content, storyId: input.storyId, language: language(), plan }
      const usable = { usable: rows - faulty, sample }
      return {
        rows,
        faulty,
        faults,
        estimate: await estimateOf(prompts, asked, usable, averageAnswer(input.templateId)),
        provider: plan.provider.name,
        model: plan.model,
      }
    },

    start: async (input) => {
      const { template, variables } = prepare(input)
      const { source, templateId, storyId, model, concurrency } = input
      const gatewayKey = keyFor(input.gatewayKeyId, template.content, { storyId, asked: model })
      const id = newId(BatchId)
      const counts = { waiting: 0, skipped: 0 }
      for await (const { rows, total, faulty } of partsOf(variables, source)) {
        if (faulty && !input.skipFaulty) throw faultOf(variables, faulty)
        if (counts.waiting + counts.skipped === 0)
          stores.lightTransaction(() =>
            stores.batches.insert({
              id,
              templateId,
              templateName: template.name,
              version: template.version,
              language: language(),
              storyId,
              fileName: source.kind === 'list' ? source.fileName : null,
              asked: model,
              inputs: source.kind === 'repeat' ? source.inputs : null,
              gatewayKey,
              concurrency,
              rows: total,
              createdAt: timestamp(clock),
            })
          )
        for (let at = 0; at < rows.length; at += AT_ONCE) {
          const some = rows.slice(at, at + AT_ONCE)
          stores.lightTransaction(() => stores.batches.addRows(id, some))
          for (const { faults } of some) counts[faults.length > 0 ? 'skipped' : 'waiting'] += 1
          // Everything else comes between.
          await immediately()
        }
      }
      // Only now it is a batch, and the disk has all of it.
      stores.batches.begin(id)
      ports.counts.begin(id, counts)
      return begin(id)
    },

    list: (filter) => stores.batches.list(filter).map(view),
    get: (id) => view(kept(id)),
    rows: ({ id, ...page }) => stores.batches.rows(kept(id).id, page),

    pause: (id) => {
      const job = jobs.about(BATCH, kept(id).id)
      if (job && isUnderWay(job)) jobs.stop(job.id)
      changed(id)
      return view(kept(id))
    },
    resume: (input) => {
      takeOver(input)
      return begin(input.id)
    },
    retry: (input) => {
      const { id } = input
      takeOver(input)
      stores.batches.waitAgain(id, ['failed', 'invalid'])
      ports.counts.forget(id)
      return begin(id)
    },

    remove: (ids) => {
      const uses = usesOf(ids)
      for (const id of ids) {
        const job = jobs.about(BATCH, id)
        if (job) jobs.remove(job.id)
        stores.transaction(() => stores.batches.remove(id, timestamp(clock)))
      }
      events.changed({ topic: 'batches', ids }, { topic: 'generations', ids: uses })
    },
    restore: (ids) => {
      for (const id of ids) stores.transaction(() => stores.batches.restore(id))
      events.changed({ topic: 'batches', ids }, { topic: 'generations', ids: usesOf(ids) })
    },

    export: async ({ id, form, after }) => {
      const { templateName, createdAt } = kept(id)
      const name = templateName.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '')
      const fileName = `${name || 'batch'}-${createdAt.slice(0, 10)}.${form}`
      return { fileName, ...(await reads.ask('batches.file', { id, form, after })) }
    },
  }
}

/** Rows of a new batch, how many it has in all, and the first that cannot be used. */
interface RowsPart {
  rows: readonly NewBatchRow[]
  total: number
  faulty: NewBatchRow | null
}

/** What is wrong with a row, as an error. */
function faultOf(variables: Parameters<typeof inputError>[0], { faults }: NewBatchRow): FabulaError {
  const [fault] = faults
  const { variable = null, kind = 'wrong_type', limit = null, line = 1 } = fault ?? {}
  if (variable !== null && kind !== 'cells' && kind !== 'json' && kind !== 'object')
    return inputError(variables, { name: variable, kind, limit }, line)
  return new FabulaError(CommonError.BadInput, `A row cannot be read: ${kind}`, {
    details: { path: `source.text:${line}`, reason: kind },
  })
}

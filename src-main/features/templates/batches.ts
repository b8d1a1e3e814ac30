import { BATCH, BatchProgress, type Batch, type BatchRow } from '@contract/entities/batch'
import type { Job } from '@contract/entities/job'
import { CommonError, FabulaError } from '@contract/errors'
import { BatchId, type StoryId, type TemplateId } from '@contract/ids'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import type { Language } from '@contract/values'
import type { KeptBatch, NewBatchRow } from '@main/data/batch-store'
import type { Stores } from '@main/data/stores'
import type { Jobs } from '@main/jobs/job-runner'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import type { Failover } from '@main/routing/failover'
import { estimateOf } from './batch-estimate'
import { exportText } from './batch-export'
import { guessedMapping, readList, rowsOf } from './batch-inputs'
import { inputError } from './check-inputs'
import { templateCall } from './template-call'
import type { TemplateList } from './template-list'
import type { TemplatePrompts } from './template-prompts'

/** Rows of a list that are shown before a batch is begun, and faults. */
const FIRST = 20
const MOST_FAULTS = 1000

/** Templates that are used for many inputs, in the background. */
export interface Batches {
  read(input: ParsedInput<'batches.read'>): RouteOutput<'batches.read'>
  plan(input: ParsedInput<'batches.plan'>): Promise<RouteOutput<'batches.plan'>>
  start(input: ParsedInput<'batches.start'>): Promise<Batch>
  list(filter: ParsedInput<'batches.list'>): Batch[]
  get(id: BatchId): Batch
  rows(input: ParsedInput<'batches.rows'>): BatchRow[]
  pause(id: BatchId): Batch
  resume(id: BatchId): Batch
  retry(id: BatchId): Batch
  remove(ids: readonly BatchId[]): void
  restore(ids: readonly BatchId[]): void
  export(id: BatchId, form: ParsedInput<'batches.export'>['form']): RouteOutput<'batches.export'>
}

export function createBatches(ports: {
  stores: Stores
  templates: Pick<TemplateList, 'used'>
  prompts: Pick<TemplatePrompts, 'write'>
  failover: Pick<Failover, 'plan'>
  jobs: Jobs
  language: () => Language
  events: EventHub
  clock: Clock
}): Batches {
  const { stores, templates, prompts, failover, jobs, language, events, clock } = ports

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
    const counts = stores.batches.counts(batch.id)
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
  const prepare = async ({ templateId, version, storyId, model, source }: ParsedInput<'batches.plan'>) => {
    const template = templates.used(templateId, version, language())
    checkStory(storyId)
    const plan = failover.plan(templateCall(stores, template.content, storyId, model))
    return { template, plan, rows: await rowsOf(template.content.variables, source) }
  }
  const averageAnswer = (templateId: TemplateId): number | null => {
    const { generations } = stores
    const recent = generations.list({ templateId, states: ['complete'], limit: 50 })
    const counts = recent.flatMap(({ outputTokens }) => outputTokens ?? [])
    return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0) / counts.length
  }

  const usesOf = (ids: readonly BatchId[]) =>
    ids.flatMap((batchId) => stores.generations.list({ batchId, limit: MOST_FAULTS }).map(({ id }) => id))

  const begin = (id: BatchId): Batch => {
    jobs.start(BATCH, { batchId: id })
    changed(id)
    return view(kept(id))
  }

  return {
    read: ({ templateId, text, fileName }) => {
      const { content } = templates.used(templateId, undefined, language())
      const { format, columns, rows } = readList(text, fileName)
      return {
        format,
        columns,
        rows: rows.length,
        mapping: guessedMapping(content.variables, columns),
        first: rows.slice(0, FIRST).map(({ line, values }) => ({ line, values })),
      }
    },

    plan: async (input) => {
      const { template, plan, rows } = await prepare(input)
      const { content } = template
      const asked = { content, storyId: input.storyId, language: language(), plan }
      const given = rows.map((row) => (row.inputs === null ? { ...row, inputs: sharedInputs(input) } : row))
      return {
        rows: rows.length,
        faulty: rows.filter(({ faults }) => faults.length > 0).length,
        faults: rows.flatMap(({ faults }) => faults).slice(0, MOST_FAULTS),
        estimate: await estimateOf(prompts, asked, given, averageAnswer(input.templateId)),
        provider: plan.provider.name,
        model: plan.model,
      }
    },

    start: async (input) => {
      const { template, rows } = await prepare(input)
      const faulty = rows.find(({ faults }) => faults.length > 0)
      if (faulty && !input.skipFaulty) throw faultOf(template.content.variables, faulty)
      const { source, templateId, storyId, model, concurrency } = input
      const id = newId(BatchId)
      stores.transaction(() =>
        stores.batches.insert(
          {
            id,
            templateId,
            templateName: template.name,
            version: template.version,
            language: language(),
            storyId,
            fileName: source.kind === 'list' ? source.fileName : null,
            asked: model,
            inputs: sharedInputs(input),
            concurrency,
            rows: rows.length,
            createdAt: timestamp(clock),
          },
          rows
        )
      )
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
    resume: (id) => begin(kept(id).id),
    retry: (id) => {
      stores.batches.waitAgain(kept(id).id, ['failed', 'invalid'])
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

    export: (id, form) => {
      const batch = kept(id)
      const rows = stores.batches.rows(id, { after: 0, limit: batch.rows }).filter(({ state }) => state !== 'skipped')
      const answered = rows.map(({ row, state, inputs, generationId }) => {
        const generation = generationId && stores.generations.get(generationId)
        return { row, state, inputs, output: generation ? (generation.value ?? (generation.text || null)) : null }
      })
      const day = batch.createdAt.slice(0, 10)
      const name = batch.templateName.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '')
      return { fileName: `${name || 'batch'}-${day}.${form}`, text: exportText(answered, form) }
    },
  }
}

/** The inputs of all rows, where they are repeated. */
const sharedInputs = ({ source }: Pick<ParsedInput<'batches.plan'>, 'source'>) =>
  source.kind === 'repeat' ? source.inputs : null

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

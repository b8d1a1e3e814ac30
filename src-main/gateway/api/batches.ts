import { z } from 'zod'
import { BATCH, BatchInput, BatchRowState, type ColumnMapping } from '@contract/entities/batch'
import type { AnyEvent } from '@contract/events'
import { BatchId, TemplateId } from '@contract/ids'
import type { ApiPorts } from './api-ports'
import { numberParameter } from './api-schema'
import { ApiBatch, Batches, BatchRows, NewBatch, sourceOf, toApiBatch, toApiRow } from './batch-shape'
import { operation, type Operation } from './operation'
import { runningOperations } from './running-things'
import { forCaller, modelCalled } from './template-uses'

const ofBatch = z.strictObject({ id: BatchId })
const tag = 'Batches'

/** What the files that batches become are, by their endings. */
const mediaTypes = {
  json: 'application/json; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
} as const

/** `/api/batches`: one template used for many inputs. */
export function batchOperations(ports: ApiPorts): Operation[] {
  const { ask } = ports
  const each = runningOperations(ports, {
    name: 'Batch',
    path: '/api/batches',
    tag,
    idSchema: BatchId,
    answerSchema: ApiBatch,
    toApi: toApiBatch,
    get: (id) => ask('batches.get', { id }),
    remove: (id) => ask('batches.delete', { ids: [id] }),
    news: newsOf,
    summaries: {
      get: 'One batch, and how far it is',
      follow: 'The progress of a batch, as server-sent events',
      remove: 'Delete a batch with its generations',
    },
    descriptions: {
      follow:
        '`batch`: how it stands, first and as it goes on. `end`: it is done or paused, which ends the stream. `error`: why no more can be told.',
      remove: 'It can be brought back in the app for 30 days.',
    },
  })

  const preparedSource = async ({ source, template_id: id, version }: z.output<typeof NewBatch>) => {
    let guessed: ColumnMapping = {}
    if (source.kind === 'file' && source.columns === undefined)
      guessed = (await ask('batches.read', { templateId: id, text: source.text, fileName: source.file_name })).mapping
    const { content } =
      version === undefined
        ? await ask('templates.get', { id })
        : await ask('templates.version', { id, number: version })
    return sourceOf(source, content.variables, guessed)
  }
  /** Does something with a batch, and tells how it stands then. */
  const command = (name: 'pause' | 'resume' | 'retry', summary: string, description?: string) =>
    operation({
      id: `${name}Batch`,
      method: 'POST',
      path: `/api/batches/{id}/${name}`,
      tag,
      summary,
      ...(description === undefined ? {} : { description }),
      pathSchema: ofBatch,
      success: { status: 200, description: 'The batch as it is now.', schema: ApiBatch },
      failures: [404],
      run: async ({ path: { id }, caller }) => {
        const go = { id, ...forCaller(caller) }
        return toApiBatch(await (name === 'pause' ? ask('batches.pause', { id }) : ask(`batches.${name}`, go)))
      },
    })

  return [
    operation({
      id: 'createBatch',
      method: 'POST',
      path: '/api/batches',
      tag,
      summary: 'Use a template for many inputs',
      description: 'It runs in the background, and goes on after a restart of the app.',
      bodySchema: NewBatch,
      mostBytes: 25_000_000,
      // As many as its rows have in so many bytes.
      mostValues: 2_000_000,
      example: {
        template_id: '0197a2f4-8c1e-7b6d-9f3a-2c5d8e7f9a10',
        source: { kind: 'rows', rows: [{ name: 'Ada' }, { name: 'Grace' }] },
      },
      success: { status: 202, description: 'It runs.', schema: ApiBatch },
      failures: [404, 409],
      location: ({ id }) => `/api/batches/${id}`,
      run: async ({ body, caller }) => {
        const { template_id: templateId, version, story_id: storyId, concurrency, skip_faulty: skipFaulty } = body
        const model = await modelCalled(body.model, ports)
        const source = await preparedSource(body)
        return toApiBatch(
          await ask('batches.start', {
            ...forCaller(caller),
            templateId,
            version,
            storyId,
            model,
            source,
            concurrency,
            skipFaulty,
          })
        )
      },
    }),
    operation({
      id: 'listBatches',
      method: 'GET',
      path: '/api/batches',
      tag,
      summary: 'All batches, the newest first',
      querySchema: z.strictObject({ template_id: TemplateId.optional() }),
      success: { status: 200, description: 'The batches.', schema: Batches },
      run: async ({ query }) => ({
        data: (await ask('batches.list', { templateId: query.template_id })).map(toApiBatch),
      }),
    }),
    each.get,
    operation({
      id: 'listBatchRows',
      method: 'GET',
      path: '/api/batches/{id}/rows',
      tag,
      summary: 'The rows of a batch, in their order',
      pathSchema: ofBatch,
      querySchema: z.strictObject({
        state: BatchRowState.optional(),
        after: numberParameter(0, MOST_PAGE).default(0).describe('The last row of the page before.'),
        limit: numberParameter(1, 500).default(100),
      }),
      success: { status: 200, description: 'A page of them.', schema: BatchRows },
      failures: [404],
      run: async ({ path: { id }, query: { state, after, limit } }) => {
        const states = state === undefined ? undefined : [state]
        return { data: (await ask('batches.rows', { id, states, after, limit })).map(toApiRow) }
      },
    }),
    each.follow,
    command('pause', 'Pause a batch', 'Rows that are being answered are stopped, and taken again later.'),
    command('resume', 'Go on with a batch'),
    command('retry', 'Take the rows once more that failed, or whose answers do not have the form'),
    operation({
      id: 'exportBatch',
      method: 'GET',
      path: '/api/batches/{id}/export',
      tag,
      summary: 'The values and answers of a batch as a file',
      pathSchema: ofBatch,
      querySchema: z.strictObject({ format: z.enum(['json', 'jsonl', 'csv']).default('json') }),
      success: {
        status: 200,
        description: 'The file.',
        mediaTypes: ['application/json', 'application/x-ndjson', 'text/csv'],
      },
      failures: [404],
      run: async ({ path: { id }, query: { format } }) => {
        const { fileName, text } = await ask('batches.export', { id, form: format })
        return new Response(text, {
          headers: {
            'content-type': mediaTypes[format],
            'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
          },
        })
      },
    }),
    each.remove,
  ]
}

const MOST_PAGE = 999_999_999

/** Whether an event says that a batch came further. */
const newsOf =
  (id: BatchId) =>
  (event: AnyEvent): 'changed' | null => {
    switch (event.name) {
      case 'job.progress': {
        const { kind, input } = event.payload
        return kind === BATCH && BatchInput.safeParse(input).data?.batchId === id ? 'changed' : null
      }
      case 'data.changed': {
        const { topics, only } = event.payload
        // That it has ended is said by its job, which this one is not told the id of.
        const isOfBatch = topics.includes('batches') && only.batches?.includes(id) !== false
        return isOfBatch || topics.includes('jobs') ? 'changed' : null
      }
      default:
        return null
    }
  }

import { z } from 'zod'
import type { AnyEvent } from '@contract/events'
import { GenerationState, type Generation } from '@contract/entities/generation'
import { BatchId, GenerationId, StoryId, TemplateId } from '@contract/ids'
import type { ApiPorts } from './api-ports'
import { booleanParameter, numberParameter } from './api-schema'
import {
  ApiGeneration,
  GenerationPage,
  NewGeneration,
  toApiGeneration,
  toApiGenerationSummary,
} from './generation-shape'
import { operation, type Operation } from './operation'
import { runningOperations } from './running-things'
import { forCaller, modelCalled } from './template-uses'

const ofGeneration = z.strictObject({ id: GenerationId })
const tag = 'Generations'

/** `/api/generations`: uses of templates. */
export function generationOperations(ports: ApiPorts): Operation[] {
  const { ask, subscribe } = ports
  const get = (id: GenerationId) => ask('generations.get', { id })
  const each = runningOperations(ports, {
    name: 'Generation',
    path: '/api/generations',
    tag,
    idSchema: GenerationId,
    answerSchema: ApiGeneration,
    toApi: toApiGeneration,
    get,
    remove: (id) => ask('generations.delete', { ids: [id] }),
    news: newsOf,
    summaries: {
      get: 'One generation, with what came of it so far',
      follow: 'A generation as it comes, as server-sent events',
      remove: 'Delete a generation',
    },
    descriptions: {
      follow:
        '`generation`: how it stands, first and after each try. `delta`: text of a try; what you hold of it from `offset` (in UTF-16 units) on is replaced by it. `end`: how it stands in the end, which ends the stream. `error`: why no more can be told.',
      remove: 'One that runs is stopped. It can be brought back in the app for 30 days.',
    },
  })

  /** As it ends. A program that leaves before could not learn of it any more: it is stopped. */
  const ended = async ({ id }: Generation, signal: AbortSignal): Promise<Generation> => {
    let look = () => {}
    const unsubscribe = subscribe((event) => {
      if (newsOf(id)(event) === 'changed') look()
    })
    const leave = () => look()
    signal.addEventListener('abort', leave, { once: true })
    try {
      for (;;) {
        const news = new Promise<void>((resolve) => (look = resolve))
        if (signal.aborted) {
          await ask('generations.stop', { id })
          throw signal.reason
        }
        const generation = await get(id)
        if (generation.state !== 'running') return generation
        await news
      }
    } finally {
      unsubscribe()
      signal.removeEventListener('abort', leave)
    }
  }

  return [
    operation({
      id: 'createGeneration',
      method: 'POST',
      path: '/api/generations',
      tag,
      summary: 'Use a template',
      description:
        'Answers at once, or with `wait` when it has ended. What came of an answer is told by its `state`: one that failed is no error of this request.',
      bodySchema: NewGeneration,
      mostBytes: 25_000_000,
      example: { template_id: '0197a2f4-8c1e-7b6d-9f3a-2c5d8e7f9a10', inputs: { name: 'Ada' }, wait: true },
      success: { status: 202, description: 'It runs.', schema: ApiGeneration },
      otherSuccess: { status: 200, description: 'It has ended.', schema: ApiGeneration },
      failures: [404, 409],
      run: async ({ body, caller, signal }) => {
        const { template_id: templateId, version, story_id: storyId, inputs, selection, seed, wait } = body
        const model = await modelCalled(body.model, ports)
        const begun = await ask('generations.start', {
          ...forCaller(caller),
          templateId,
          version,
          storyId,
          model,
          inputs,
          selection,
          seed,
        })
        const made = wait ? await ended(begun, signal) : begun
        return Response.json(toApiGeneration(made), {
          status: wait ? 200 : 202,
          headers: { location: `/api/generations/${made.id}` },
        })
      },
    }),
    operation({
      id: 'listGenerations',
      method: 'GET',
      path: '/api/generations',
      tag,
      summary: 'What templates were used for, the newest first',
      querySchema: z.strictObject({
        template_id: TemplateId.optional(),
        story_id: StoryId.optional(),
        batch_id: BatchId.optional(),
        model: z.string().max(300).optional().describe('As the list names it.'),
        state: GenerationState.optional(),
        favourite: booleanParameter.optional(),
        search: z.string().max(200).optional().describe('Words in values, answers and names.'),
        before: GenerationId.optional().describe('The last one of the page before.'),
        limit: numberParameter(1, 500).default(50),
      }),
      success: { status: 200, description: 'A page of them, without their texts.', schema: GenerationPage },
      run: async ({ query }) => {
        const { template_id: templateId, story_id: storyId, batch_id: batchId, state, ...rest } = query
        const states = state === undefined ? undefined : [state]
        const page = await ask('generations.list', { ...rest, templateId, storyId, batchId, states })
        return { data: page.generations.map(toApiGenerationSummary), has_more: page.hasMore }
      },
    }),
    each.get,
    each.follow,
    operation({
      id: 'stopGeneration',
      method: 'POST',
      path: '/api/generations/{id}/stop',
      tag,
      summary: 'Stop a generation',
      description: 'What came so far is kept. One that does not run stays as it is.',
      pathSchema: ofGeneration,
      success: { status: 200, description: 'The generation.', schema: ApiGeneration },
      failures: [404],
      run: async ({ path: { id }, signal }) => {
        await ask('generations.stop', { id })
        return toApiGeneration(await ended(await get(id), signal))
      },
    }),
    each.remove,
  ]
}

/** What an event says of a generation. */
const newsOf =
  (id: GenerationId) =>
  (event: AnyEvent): 'changed' | { try: number; kind: 'text' | 'reasoning'; offset: number; text: string } | null => {
    switch (event.name) {
      case 'generation.delta': {
        const { id: other, try: index, kind, offset, text } = event.payload
        return other === id ? { try: index, kind, offset, text } : null
      }
      case 'generation.ended':
        return event.payload.id === id ? 'changed' : null
      case 'data.changed': {
        const { topics, only } = event.payload
        return topics.includes('generations') && only.generations?.includes(id) !== false ? 'changed' : null
      }
      default:
        return null
    }
  }

import type { Generation } from '@contract/entities/generation'
import type { AnswerForm, InputValues, TemplateContent } from '@contract/entities/template'
import { CommonError, FabulaError } from '@contract/errors'
import type { GatewayKeyId, GenerationId, StoryId, TemplateId } from '@contract/ids'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import type { Language } from '@contract/values'
import type { GenerationRow } from '@main/data/stored-generation'
import type { Stores } from '@main/data/stores'
import { atMostEvery } from '@main/jobs/at-most-every'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { Logger } from '@main/platform/logger'
import type { KeyGuard } from '@main/gateway/key-guard'
import type { Failover } from '@main/routing/failover'
import type { AnswerReader } from '@main/workers/answer-reader'
import { usableInputs } from '@main/generation/check-inputs'
import type { RoleRegistry } from '@main/settings/role-registry'
import { begunGeneration } from './generation-row'
import type { GenerationRun, StartRun } from './generation-run'
import { searchedWords, wordsOf } from './generation-words'
import { createLiveText, type LiveText } from './live-text'
import { withSeed } from './seed'
import { templateCall, templateModelName } from './template-call'
import type { TemplateList } from './template-list'
import { textOfValue } from './value-text'

/** What came of an answer is kept so often while it comes. */
const KEEP_EVERY_MS = 1000

/** Uses of templates: what goes in, what is answered, and what the user makes of it. */
export interface Generations {
  start(input: ParsedInput<'generations.start'>): Promise<Generation>
  again(input: ParsedInput<'generations.again'>): Promise<Generation>
  stop(id: GenerationId): void
  get(id: GenerationId): Generation
  list(input: ParsedInput<'generations.list'>): RouteOutput<'generations.list'>
  models(): string[]
  lastInputs(id: TemplateId): InputValues | null
  edit(input: ParsedInput<'generations.edit'>): Promise<Generation>
  setFavourite(id: GenerationId, favourite: boolean): void
  remove(ids: readonly GenerationId[]): void
  restore(ids: readonly GenerationId[]): void
  /** With the template that it was made with. Throws `not_found` where one of them is gone. */
  row(id: GenerationId): GenerationRow
  /** Stops all that runs, and waits until it is kept. */
  close(): Promise<void>
}

interface Running {
  controller: AbortController
  run: GenerationRun
}

/** What a generation is asked for. */
type Asked = Pick<GenerationRow, 'inputs' | 'selection' | 'asked' | 'seed'> & {
  templateId: TemplateId
  version: number | undefined
  storyId: StoryId | null
  language: Language
  /** Of the program that asks. */
  gatewayKeyId: GatewayKeyId | null
}

export function createGenerations(ports: {
  stores: Stores
  roles: RoleRegistry
  templates: Pick<TemplateList, 'used' | 'becomes'>
  failover: Pick<Failover, 'plan'>
  guard: KeyGuard
  startRun: StartRun
  answers: AnswerReader
  language: () => Language
  events: EventHub
  clock: Clock
  logger: Logger
}): Generations {
  const { stores, templates, failover, guard, startRun, answers, language, events, clock, logger } = ports
  const running = new Map<GenerationId, Running>()

  const changed = (...ids: readonly GenerationId[]) => events.changed({ topic: 'generations', ids })
  const row = (id: GenerationId): GenerationRow => {
    const known = stores.generations.get(id)
    if (!known) throw new FabulaError(CommonError.NotFound, `There is no generation ${id}`, { details: { path: 'id' } })
    return known
  }
  const view = (one: GenerationRow): Generation => {
    const { language: _language, title: _title, excerpt: _excerpt, words: _words, ...generation } = one
    return generation
  }
  const now = (id: GenerationId): GenerationRow => {
    const kept = row(id)
    const current = running.get(id)?.run.now()
    return current ? { ...current, favourite: kept.favourite } : kept
  }

  const editable = (id: GenerationId): GenerationRow => {
    const known = row(id)
    if (known.state !== 'running') return known
    throw new FabulaError(CommonError.BadInput, 'The answer is still being written', {
      details: { path: 'id', reason: 'running' },
    })
  }

  /** A listener of the text that also has it kept from time to time. */
  const keepingLive = (id: GenerationId, keep: () => void): { live: LiveText; stop: () => void } => {
    const live = createLiveText(events, id)
    const keeping = atMostEvery(KEEP_EVERY_MS, keep)
    return {
      live: {
        ...live,
        add: (kind, text) => {
          live.add(kind, text)
          keeping.soon()
        },
      },
      stop: keeping.stop,
    }
  }

  const keep = (one: GenerationRow) => {
    try {
      stores.generations.update(one)
    } catch (error) {
      logger.error('A generation could not be kept', { id: one.id, cause: String(error) })
    }
  }

  const sayWhenEnded = async (id: GenerationId, { ended }: GenerationRun) => {
    const { state } = await ended
    running.delete(id)
    events.publish('generation.ended', { id, state })
  }

  const begin = (begun: GenerationRow, content: TemplateContent, values: InputValues): Generation => {
    const { id, storyId, gatewayKey } = begun
    const controller = new AbortController()
    const call = withSeed(templateCall(ports, content, storyId, begun.asked), begun.seed)
    stores.generations.insert(begun)
    const { live, stop } = keepingLive(id, () => {
      const current = running.get(id)?.run.now()
      if (current) keep(current)
    })
    const run = startRun({
      row: begun,
      content,
      call,
      values,
      live,
      signal: controller.signal,
      pass: gatewayKey && guard.follow(gatewayKey, templateModelName(ports, content, storyId, begun.asked)),
      keep: (one) => {
        if (one.state !== 'running') stop()
        keep(one)
        changed(id)
      },
    })
    running.set(id, { controller, run })
    void sayWhenEnded(id, run)
    changed(id)
    return view(begun)
  }

  const start = async (asked: Asked): Promise<Generation> => {
    const { templateId, storyId } = asked
    const template = templates.used(templateId, asked.version, asked.language)
    const { content } = template
    const story = storyId === null ? null : stores.stories.get(storyId)
    if (storyId !== null && (!story || story.deleted))
      throw new FabulaError(CommonError.NotFound, `There is no story ${storyId}`, { details: { path: 'storyId' } })
    const values = await usableInputs(content.variables, asked.inputs)
    // What stands in the way of a call is said at once.
    const plan = failover.plan(templateCall(ports, content, storyId, asked.asked))
    const { gatewayKeyId, ...rest } = asked
    const gatewayKey =
      gatewayKeyId && guard.check(gatewayKeyId, templateModelName(ports, content, storyId, asked.asked))
    const { name: templateName, version } = template
    const wanted = { ...rest, gatewayKey, templateName, version, batch: null }
    const begun = begunGeneration(wanted, content, plan, timestamp(clock))
    return begin(begun, content, values)
  }

  return {
    start: ({ model, version, ...input }) => start({ ...input, version, asked: model, language: language() }),

    again: (input) => {
      const { templateId, version, storyId, inputs, selection, asked, seed, language: spoken } = row(input.id)
      return start({
        templateId,
        version,
        storyId,
        inputs,
        selection,
        asked: input.model ?? asked,
        seed: input.seed === undefined ? seed : input.seed,
        language: spoken,
        gatewayKeyId: null,
      })
    },

    stop: (id) => {
      row(id)
      running.get(id)?.controller.abort()
    },
    row,
    get: (id) => view(now(id)),
    list: ({ search, limit, ...filter }) => {
      const words = search === undefined ? undefined : searchedWords(search)
      const found = stores.generations.list({ ...filter, words, limit: limit + 1 })
      return { generations: found.slice(0, limit), hasMore: found.length > limit }
    },
    models: () => stores.generations.models(),
    lastInputs: (id) => stores.generations.lastInputs(id),

    edit: async (input) => {
      const form = formOf(editable(input.id))
      if (form.format === 'text' && 'value' in input)
        throw new FabulaError(CommonError.BadInput, 'The answer is a text and has no value', {
          details: { path: 'value', reason: 'text' },
        })
      const text = 'text' in input ? input.text : textOfValue(form, input.value)
      const read =
        'text' in input
          ? await answers.read(form, text)
          : { value: input.value, problems: await answers.check(form, input.value) }
      return stores.transaction(() => {
        // It may have been deleted meanwhile, or begun anew.
        const known = editable(input.id)
        const state = read.problems.length === 0 ? 'complete' : 'invalid'
        const next: GenerationRow = { ...known, text, value: read.value, state }
        stores.generations.edit({ ...next, ...wordsOf(next, { becomes: templates.becomes(known) }) })
        changed(known.id)
        return view(row(known.id))
      })
    },

    setFavourite: (id, favourite) => {
      stores.generations.setFavourite(row(id).id, favourite)
      changed(id)
    },
    remove: (ids) => {
      for (const id of ids) running.get(id)?.controller.abort()
      stores.generations.remove(ids, timestamp(clock))
      changed(...ids)
    },
    restore: (ids) => changed(...stores.generations.restore(ids)),

    close: async () => {
      for (const { controller } of running.values()) controller.abort()
      await Promise.all([...running.values()].map(({ run }) => run.ended))
    },
  }
}

const formOf = ({ format, schema }: GenerationRow): AnswerForm => (format === 'text' ? { format } : { format, schema })

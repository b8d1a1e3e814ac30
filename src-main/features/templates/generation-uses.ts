import type { World, WorldEntry } from '@contract/entities/world'
import { CommonError, FabulaError, StoryError, TemplateError } from '@contract/errors'
import { MessageId, type StoryId, type WorldId } from '@contract/ids'
import { takenAmong } from '@contract/names'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import type { GenerationRow } from '@main/data/stored-generation'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import { MAIN } from '@main/settings/role-registry'
import { entriesFrom, freeNames } from './becomes'
import type { Generations } from './generations'
import type { TemplateList } from './template-list'

/** Where the answers of templates go. */
export interface GenerationUses {
  becomes(input: ParsedInput<'generations.becomes'>): RouteOutput<'generations.becomes'>
  intoStory(input: ParsedInput<'generations.intoStory'>): RouteOutput<'generations.intoStory'>
}

export function createGenerationUses(ports: {
  stores: Stores
  generations: Pick<Generations, 'row'>
  templates: Pick<TemplateList, 'becomes'>
  worlds: {
    create(input: ParsedInput<'worlds.create'>): World
    addEntry(input: ParsedInput<'worlds.addEntry'>): WorldEntry
  }
  /** Adds a world to those that a story takes. */
  takeWorld(storyId: StoryId, worldId: WorldId): void
  isWriting(storyId: StoryId): boolean
  events: EventHub
  clock: Clock
}): GenerationUses {
  const { stores, generations, templates, worlds, takeWorld, isWriting, events, clock } = ports

  const storyOf = (id: StoryId) => {
    const story = stores.stories.get(id)
    if (!story || story.deleted)
      throw new FabulaError(CommonError.NotFound, `There is no story ${id}`, { details: { path: 'storyId' } })
    return story
  }
  /** A world that the entries of a generation are the first of. */
  const makeWorld = (row: GenerationRow, language: ParsedInput<'worlds.create'>['language']): WorldId => {
    const story = row.storyId === null ? null : stores.stories.get(row.storyId)
    const { id } = worlds.create({ name: story?.title ?? row.templateName, language })
    if (story && !story.deleted) takeWorld(story.id, id)
    return id
  }

  return {
    becomes: ({ id, worldId: wanted, language }) =>
      stores.transaction(() => {
        const row = generations.row(id)
        const becomes = templates.becomes(row)
        const isReadable = row.format === 'text' || row.value !== null
        const made = becomes && isReadable ? entriesFrom(becomes, row) : []
        if (!becomes || made.length === 0)
          throw new FabulaError(TemplateError.MakesNothing, 'Nothing for a world can be made of this answer', {
            details: { name: row.templateName },
          })
        const { kind } = becomes
        const worldId = wanted ?? makeWorld(row, language)
        const taken = takenAmong(stores.worlds.entries(worldId, kind).map(({ name }) => name))
        const names = freeNames(
          made.flatMap(({ name }) => name ?? []),
          taken
        )[Symbol.iterator]()
        const entries = made.map(({ name, fields }) => {
          const free: string | undefined = name === null ? undefined : names.next().value
          const entry = worlds.addEntry({
            worldId,
            kind,
            language,
            fields,
            ...(free === undefined ? {} : { name: free }),
          })
          return { id: entry.id, kind, name: entry.name }
        })
        return { worldId, made: wanted === null, entries }
      }),

    intoStory: ({ id, storyId }) =>
      stores.transaction(() => {
        const row = generations.row(id)
        const story = storyOf(storyId)
        if (isWriting(storyId))
          throw new FabulaError(StoryError.TurnRunning, `A turn is running in ${story.title}`, {
            details: { name: story.title },
          })
        const messageId = newId(MessageId)
        const now = timestamp(clock)
        stores.messages.insert({
          id: messageId,
          storyId,
          parentId: story.headId,
          author: 'story',
          text: row.text,
          state: 'complete',
          writtenBy: {
            role: MAIN,
            provider: row.provider,
            model: row.model,
            tokenName: row.tries.at(-1)?.tokenName ?? null,
            inputTokens: row.inputTokens,
            outputTokens: row.outputTokens,
            cost: row.cost,
            dropped: [],
          },
          edited: row.edited,
          deleted: false,
          createdAt: now,
        })
        stores.stories.setHead(storyId, messageId, now)
        events.changed({ topic: 'messages', ids: [storyId] })
        return { messageId }
      }),
  }
}

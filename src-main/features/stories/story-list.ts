import type { Story, StorySummary } from '@contract/entities/story'
import { CommonError, FabulaError, PresetError, StoryError } from '@contract/errors'
import { StoryId, type PresetId } from '@contract/ids'
import type { ParsedInput } from '@contract/routes'
import type { Language } from '@contract/values'
import { copyPassages } from '@main/data/copy-passages'
import { UNFINISHED } from '@main/data/gone'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import { inSlices } from '@main/platform/slices'
import { configsOfStory } from '@main/settings/users-of'
import { beginningOf, beginWith } from './begin-with'

/** What a story is called until the writer gives it a name. */
const UNTITLED: Record<Language, string> = { en: 'Untitled story', ru: 'История без названия' }

export interface StoryList {
  /** With `ids`: those alone. */
  summaries(ids?: readonly StoryId[]): StorySummary[]
  count(): number
  get(id: StoryId): Story
  create(input: ParsedInput<'stories.create'>): Story
  rename(id: StoryId, title: string): Story
  setPreset(id: StoryId, presetId: PresetId): Story
  /** Takes as long as the story is, and stops nothing else meanwhile. The copy is there when it is whole. */
  duplicate(id: StoryId): Promise<Story>
  archive(id: StoryId, archived: boolean): Story
  /** Refused while a turn runs in it. */
  remove(id: StoryId): void
  restore(id: StoryId): Story
  saveDraft(id: StoryId, draft: string): void
  /** Ends copies that are being made. */
  close(): Promise<void>
}

export function createStoryList(ports: {
  stores: Stores
  events: EventHub
  clock: Clock
  isWriting: (id: StoryId) => boolean
}): StoryList {
  const { stores, events, clock, isWriting } = ports
  const closing = new AbortController()
  const copies = new Set<Promise<Story>>()

  const row = (id: StoryId): StoryRow => {
    const story = stores.stories.get(id)
    if (!story) throw new FabulaError(CommonError.NotFound, `There is no story ${id}`, { details: { path: 'id' } })
    return story
  }
  const view = (id: StoryId): Story => {
    const { headId: _head, deleted: _deleted, ...story } = row(id)
    return story
  }
  const changed = (id: StoryId) => events.changed({ topic: 'stories', ids: [id] })
  /** Also how many stories a preset has, and who uses the model configs that the story chose. */
  const changedNumber = (id: StoryId) =>
    events.changed(
      { topic: 'stories', ids: [id] },
      { topic: 'presets', ids: [row(id).presetId] },
      { topic: 'modelConfigs', ids: configsOfStory(stores, id) }
    )
  const change = (id: StoryId, fields: Partial<StoryRow>): Story => {
    stores.stories.update({ ...row(id), ...fields, updatedAt: timestamp(clock) })
    changed(id)
    return view(id)
  }

  const presetFor = (id: PresetId | undefined): PresetId => {
    const wanted = id ?? stores.presets.defaultId()
    if (wanted && stores.presets.get(wanted)) return wanted
    if (id) throw new FabulaError(CommonError.NotFound, `There is no preset ${id}`, { details: { path: 'presetId' } })
    throw new FabulaError(PresetError.RoleWithoutModel, 'There is no preset yet', {
      details: { role: 'main', reason: 'no_preset' },
    })
  }

  const freeTitle = (base: string) => {
    const titles = new Set(stores.stories.titles())
    let title = base
    for (let count = 2; titles.has(title); count += 1) title = `${base} ${count}`
    return title
  }

  const duplicate = async (story: StoryRow): Promise<Story> => {
    const now = timestamp(clock)
    const copy = newId(StoryId)
    const title = `${story.title.slice(0, 110)} (2)`
    stores.transaction(() => {
      stores.stories.insert({ ...story, id: copy, title, headId: null, draft: '', createdAt: now, updatedAt: now })
      stores.stories.setDeleted(copy, UNFINISHED)
    })
    const passages = copyPassages(stores, story, copy)
    await inSlices(passages.step, (work) => stores.transaction(work), closing.signal)
    return stores.transaction(() => {
      stores.overrides.copy(story.id, copy)
      stores.extras.setStory(copy, stores.extras.ofStory(story.id))
      stores.storyWorlds.copy(story.id, copy)
      stores.stories.setHead(copy, passages.head(), now)
      stores.stories.setDeleted(copy, null)
      changedNumber(copy)
      return view(copy)
    })
  }

  return {
    summaries: (ids) => stores.stories.summaries(ids),
    count: () => stores.stories.count(),
    get: view,

    create: ({ title, language, presetId, begin }) =>
      stores.transaction(() => {
        const now = timestamp(clock)
        const id = newId(StoryId)
        const beginning = begin && beginningOf(stores, begin)
        const story: StoryRow = {
          id,
          title: title ?? freeTitle(beginning?.character.name.slice(0, 110) ?? UNTITLED[language]),
          language,
          presetId: presetFor(presetId),
          headId: null,
          draft: '',
          archived: false,
          deleted: false,
          createdAt: now,
          updatedAt: now,
        }
        stores.stories.insert(story)
        if (begin && beginning) {
          beginWith(stores, story, beginning, begin.greeting)
          events.changed({ topic: 'worlds', ids: [beginning.character.worldId] })
        }
        changedNumber(id)
        return view(id)
      }),

    rename: (id, title) => {
      events.changed({ topic: 'modelConfigs', ids: configsOfStory(stores, id) })
      return change(id, { title })
    },
    setPreset: (id, presetId) => {
      changedNumber(id)
      const story = change(id, { presetId: presetFor(presetId) })
      changedNumber(id)
      return story
    },
    archive: (id, archived) => change(id, { archived }),

    duplicate: async (id) => {
      const copy = duplicate(row(id))
      copies.add(copy)
      try {
        return await copy
      } finally {
        copies.delete(copy)
      }
    },

    remove: (id) => {
      const story = row(id)
      if (isWriting(id))
        throw new FabulaError(StoryError.TurnRunning, 'A passage of this story is being written', {
          details: { name: story.title },
          retryable: true,
        })
      stores.stories.setDeleted(id, timestamp(clock))
      changedNumber(id)
    },

    restore: (id) => {
      const { deleted } = row(id)
      if (deleted && !stores.stories.deleted().some((story) => story.id === id))
        throw new FabulaError(CommonError.NotFound, `The story ${id} was deleted for good`, { details: { path: 'id' } })
      stores.stories.setDeleted(id, null)
      changedNumber(id)
      return view(id)
    },

    saveDraft: (id, draft) => {
      row(id)
      stores.stories.saveDraft(id, draft)
      // Only the composer reads the draft, and it wrote it: asking again for what was just typed would be noise.
    },

    close: async () => {
      closing.abort(new FabulaError(StoryError.Interrupted, 'The app closes', { retryable: true }))
      await Promise.allSettled(copies)
    },
  }
}

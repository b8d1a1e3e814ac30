import type { BinItem, BinKind } from '@contract/entities/bin'
import { CommonError, FabulaError } from '@contract/errors'
import { MediaId, MessageId, PresetId, ProviderId, StoryId, WorldEntryId, WorldId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import type { Stores } from '@main/data/stores'
import type { Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { inSlices } from '@main/platform/slices'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import { configsOfPreset } from '@main/settings/users-of'
import { restoreBinnedTx, type RestoredRow } from './restore-binned'

/** What was deleted stays here for 30 days. */
export interface Bin {
  list(): BinItem[]
  restore(kind: BinKind, id: string): RouteOutput<'bin.restore'>
  /** Deletes for good. */
  remove(kind: BinKind, id: string): void
  empty(): void
  /** Removes what has been here too long, and what only waits to be removed; a little at a time. */
  tidy(): Promise<void>
  close(): Promise<void>
}

const DAY_MS = 24 * 3_600_000
const KEPT_DAYS = 30
const MOST_PASSAGES = 500

export function createBin(ports: {
  stores: Stores
  directory: ProviderDirectory
  events: EventHub
  clock: Clock
  restoreStory: (id: StoryId) => { title: string }
  restorePassage: (id: MessageId) => { text: string }
  restoreMedia: (id: MediaId) => { title: string }
}): Bin {
  const { stores, events, clock, restoreStory, restorePassage, restoreMedia } = ports
  const closing = new AbortController()
  let tidying: Promise<void> = Promise.resolve()

  const notThere = (id: string) =>
    new FabulaError(CommonError.NotFound, `The bin has no ${id}`, { details: { path: 'id' } })
  const daysLeft = (deletedAt: string) =>
    Math.max(0, Math.ceil(KEPT_DAYS - (clock.now() - Date.parse(deletedAt)) / DAY_MS))

  const list = (): BinItem[] =>
    [
      ...stores.stories
        .deleted()
        .map(({ id, title, deletedAt }) => ({ kind: 'story' as const, id, name: title, storyTitle: null, deletedAt })),
      ...stores.messages.bin.list(MOST_PASSAGES).map(({ id, text, storyTitle, deletedAt }) => ({
        kind: 'passage' as const,
        id,
        name: text,
        storyTitle,
        deletedAt,
      })),
      ...stores.media.deleted().map(({ id, title, storyTitle, deletedAt }) => ({
        kind: 'media' as const,
        id,
        name: title,
        storyTitle,
        deletedAt,
      })),
      ...stores.bin.list().map(({ id, kind, name, deletedAt }) => ({ kind, id, name, storyTitle: null, deletedAt })),
    ]
      .map((item) => ({ ...item, daysLeft: daysLeft(item.deletedAt) }))
      .toSorted((a, b) => b.deletedAt.localeCompare(a.deletedAt))

  const isThere = (kind: BinKind, id: string): boolean => {
    switch (kind) {
      case 'story':
        return stores.stories.deleted().some((story) => story.id === id)
      case 'passage':
        return stores.messages.bin.has(MessageId.parse(id))
      case 'media':
        return stores.media.deleted().some((media) => media.id === id)
      default:
        return stores.bin.get(id)?.kind === kind
    }
  }
  const find = (kind: BinKind, id: string): void => {
    if (!isThere(kind, id)) throw notThere(id)
  }

  const remove = (kind: BinKind, id: string) => {
    if (kind === 'story') stores.stories.forget(StoryId.parse(id))
    else if (kind === 'passage') stores.messages.bin.forget(MessageId.parse(id))
    else if (kind === 'media') stores.media.remove(MediaId.parse(id))
    else stores.bin.remove(id)
    events.changed({ topic: 'bin', ids: [id] })
  }

  const changedWorld = (id: WorldId) =>
    events.changed({ topic: 'worlds', ids: [id] }, { topic: 'stories', ids: stores.worlds.storiesOf(id) })
  const changedBy = ({ kind, id }: RestoredRow) => {
    switch (kind) {
      case 'preset': {
        const preset = stores.presets.get(PresetId.parse(id))
        events.changed(
          { topic: 'presets', ids: [id] },
          { topic: 'modelConfigs', ids: preset ? configsOfPreset(preset) : [] }
        )
        break
      }
      case 'modelConfig':
        events.changed({ topic: 'modelConfigs', ids: [id] })
        break
      case 'provider': {
        const providerId = ProviderId.parse(id)
        events.changed(
          { topic: 'providers', ids: [id] },
          { topic: 'tokens', ids: stores.tokens.ofProvider(providerId).map((token) => token.id) },
          { topic: 'models', ids: stores.models.idsOf(providerId) },
          { topic: 'modelLists', ids: [id] }
        )
        break
      }
      case 'template':
        events.changed(
          { topic: 'templates', ids: [id] },
          { topic: 'modelConfigs', ids: stores.templates.modelConfigs().find((one) => one.id === id)?.configs ?? [] }
        )
        break
      case 'world':
        changedWorld(WorldId.parse(id))
        break
      case 'worldEntry': {
        const entry = stores.worlds.entry(WorldEntryId.parse(id))
        if (entry) changedWorld(entry.worldId)
      }
    }
  }

  const tidyNow = async () => {
    const before = new Date(clock.now() - KEPT_DAYS * DAY_MS).toISOString()
    stores.bin.removeBefore(before)
    stores.media.removeDeletedBefore(before)
    const step = () =>
      stores.messages.bin.forgetOneBefore(before) ||
      stores.stories.removePartBefore(before) ||
      stores.batches.removePartBefore(before) ||
      stores.generations.removePartBefore(before)
    await inSlices(step, (work) => stores.transaction(work), closing.signal)
  }
  const tidy = (): Promise<void> => {
    tidying = tidying.then(tidyNow, tidyNow)
    return tidying
  }
  /** What goes on by itself after the answer; a failure is tried again at the next start. */
  const tidySoon = () => void tidy().catch(() => undefined)

  return {
    list,
    restore: (kind, id) =>
      stores.transaction(() => {
        find(kind, id)
        if (kind === 'story') return { name: restoreStory(StoryId.parse(id)).title, also: [] }
        if (kind === 'passage') return { name: restorePassage(MessageId.parse(id)).text.slice(0, 200), also: [] }
        if (kind === 'media') return { name: restoreMedia(MediaId.parse(id)).title, also: [] }
        const item = stores.bin.get(id)
        if (!item) throw notThere(id)
        const restored = restoreBinnedTx(ports, item)
        for (const one of restored) changedBy(one)
        return { name: restored[0]?.name ?? item.name, also: restored.slice(1).map(({ name }) => name) }
      }),
    remove: (kind, id) => {
      stores.transaction(() => {
        find(kind, id)
        remove(kind, id)
      })
      tidySoon()
    },
    empty: () => {
      stores.transaction(() => {
        for (const { kind, id } of list()) remove(kind, id)
      })
      tidySoon()
    },
    tidy,
    close: async () => {
      closing.abort()
      await tidying.catch(() => undefined)
    },
  }
}

import type { SceneNow, WakeTest } from '@contract/entities/story-world'
import type { StoryId, WorldId } from '@contract/ids'
import type { Pictures } from '@main/features/worlds/pictures'
import type { StoryChoices } from '@main/features/worlds/story-choices'
import type { WorldList } from '@main/features/worlds/world-list'
import { keyProblem } from '@main/worlds/word-finder'
import type { HandlersOf } from './router'

export const worldHandlers = (ports: {
  worlds: WorldList
  pictures: Pictures
  choices: StoryChoices
  scene: (id: StoryId, line: string) => Promise<SceneNow>
  test: (id: WorldId, text: string) => Promise<WakeTest>
}): HandlersOf<'worlds' | 'storyWorlds'> => {
  const { worlds, pictures, choices, scene, test } = ports
  return {
    'worlds.list': () => worlds.summaries(),
    'worlds.get': ({ worldId }) => worlds.get(worldId),
    'worlds.create': (input) => worlds.create(input),
    'worlds.update': ({ worldId, patch }) => worlds.update(worldId, patch),
    'worlds.duplicate': ({ worldId }) => worlds.duplicate(worldId),
    'worlds.delete': ({ worldId }) => {
      worlds.remove(worldId)
      return {}
    },
    'worlds.entries': ({ worldId, kind }) => worlds.entries(worldId, kind),
    'worlds.entry': ({ worldId, id }) => worlds.entry(worldId, id),
    'worlds.addEntry': (input) => worlds.addEntry(input),
    'worlds.updateEntry': ({ worldId, id, patch }) => worlds.updateEntry(worldId, id, patch),
    'worlds.duplicateEntry': ({ worldId, id }) => worlds.duplicateEntry(worldId, id),
    'worlds.deleteEntries': ({ worldId, ids }) => {
      worlds.removeEntries(worldId, ids)
      return {}
    },
    'worlds.moveEntry': ({ worldId, id, before }) => {
      worlds.moveEntry(worldId, id, before)
      return {}
    },
    'worlds.setPicture': async ({ worldId, id, data }) => {
      worlds.entry(worldId, id)
      return worlds.setPicture(worldId, id, data === null ? null : await pictures.add(data))
    },
    'worlds.picture': ({ hash }) => pictures.get(hash),
    'worlds.checkKey': ({ key }) => keyProblem(key),
    'worlds.test': ({ worldId, text }) => test(worldId, text),

    'storyWorlds.get': ({ storyId }) => choices.get(storyId),
    'storyWorlds.setWorlds': ({ storyId, worldIds }) => choices.setWorlds(storyId, worldIds),
    'storyWorlds.takeEntry': ({ storyId, entryId, taken }) => choices.takeEntry(storyId, entryId, taken),
    'storyWorlds.pinEntry': ({ storyId, entryId, pinned }) => choices.pinEntry(storyId, entryId, pinned),
    'storyWorlds.setPersona': ({ storyId, entryId }) => choices.setPersona(storyId, entryId),
    'storyWorlds.entry': ({ storyId, entryId }) => choices.entry(storyId, entryId),
    'storyWorlds.differ': (input) => choices.differ(input),
    'storyWorlds.reset': (input) => choices.reset(input),
    'storyWorlds.scene': ({ storyId, line }) => scene(storyId, line),
  }
}

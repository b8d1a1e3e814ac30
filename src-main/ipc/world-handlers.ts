import type { Pictures } from '@main/features/worlds/pictures'
import type { WorldList } from '@main/features/worlds/world-list'
import type { HandlersOf } from './router'

export const worldHandlers = (ports: { worlds: WorldList; pictures: Pictures }): HandlersOf<'worlds'> => {
  const { worlds, pictures } = ports
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
  }
}

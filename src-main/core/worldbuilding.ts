import { createPictureFolder, type PictureFolder } from '@main/data/picture-folder'
import { createPictures } from '@main/features/worlds/pictures'
import { sceneNow, testWorld } from '@main/features/worlds/scene-view'
import { createStoryChoices } from '@main/features/worlds/story-choices'
import { createWorldList, type WorldList } from '@main/features/worlds/world-list'
import { worldHandlers } from '@main/ipc/world-handlers'
import type { StoryId, WorldId } from '@contract/ids'
import type { Shared } from './shared'

/** Worlds, their pictures, and what each story takes of them. */
export interface Worldbuilding {
  worlds: WorldList
  pictures: PictureFolder
  /** Gives a story one world more. */
  takeWorld(id: StoryId, worldId: WorldId): void
  handlers: ReturnType<typeof worldHandlers>
}

export function createWorldbuilding(shared: Shared, ports: { pictureFolder: string }): Worldbuilding {
  const { stores } = shared
  const worlds = createWorldList(shared)
  const choices = createStoryChoices(shared)
  const pictures = createPictureFolder(ports.pictureFolder)
  return {
    worlds,
    pictures,
    takeWorld: (id, worldId) => void choices.setWorlds(id, [...stores.storyWorlds.worlds(id), worldId]),
    handlers: worldHandlers({
      worlds,
      choices,
      pictures: createPictures(pictures),
      scene: (id, line) => sceneNow(stores, id, line),
      test: (id, text) => testWorld(stores, id, text),
    }),
  }
}

import type { MessageId, StoryId, WorldEntryId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import type { History } from '@main/prompts/history'
import { sceneWorld, type SceneWorld } from '@main/worlds/scene-world'

/**
 * Who and what is in the scene of a turn.
 *
 * @param parentId the passage behind which the new one will stand; undefined for a line that is not in the story yet
 */
export const turnWorld = (
  stores: Stores,
  storyId: StoryId,
  { history, parentId }: { history: History; parentId: MessageId | null | undefined }
): Promise<SceneWorld> => {
  const attempt = parentId === undefined ? 0 : stores.messages.countAfter(storyId, parentId)
  return sceneWorld(stores, { storyId, passages: history, attempt })
}

/** The lore that woke for a passage, so that what follows knows how long it stays awake. */
export const wokenFor = ({ lore }: SceneWorld): WorldEntryId[] =>
  lore.filter(({ isFresh }) => isFresh).map(({ entry }) => entry.id)

import { CommonError, FabulaError } from '@contract/errors'
import type { MessageId, StoryId } from '@contract/ids'
import type { Language } from '@contract/values'
import type { Stores } from '@main/data/stores'
import { emptySceneWorld, sceneWorld } from '@main/worlds/scene-world'
import { historyUpTo } from './history'
import type { PromptMaterial } from './section'
import { nothingInShort, storySoFar } from './story-so-far'

/**
 * What a prompt can say of a story beside its turns: as far as it is told, or up to and with the passage `end`, null for
 * before its first one. Without a story, nothing, in `language`. Throws `not_found`.
 */
export async function storyMaterial(
  stores: Stores,
  { storyId, language, end }: { storyId: StoryId | null; language: Language; end?: MessageId | null }
): Promise<PromptMaterial> {
  const empty = { opening: '', notes: new Map<never, never>(), recalled: [] }
  if (storyId === null) {
    const history = historyUpTo(stores, null)
    return { ...empty, story: { title: '', language }, history, world: emptySceneWorld, soFar: nothingInShort }
  }
  const story = stores.stories.get(storyId)
  if (!story)
    throw new FabulaError(CommonError.NotFound, `There is no story ${storyId}`, { details: { path: 'storyId' } })
  const last = end === undefined ? story.headId : end
  const history = historyUpTo(stores, last)
  const world = await sceneWorld(stores, { storyId, passages: history, attempt: 0 })
  return { ...empty, story, history, world, soFar: storySoFar(stores, storyId, last) }
}

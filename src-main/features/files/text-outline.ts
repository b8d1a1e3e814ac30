import type { MessageId } from '@contract/ids'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import type { Stores } from '@main/data/stores'
import { chaptersOf, endOf, storyToRead } from './story-parts'

type Branch = RouteOutput<'files.textOutline'>['branches'][number]

/** Branches that are named, the longest first. */
const MOST_BRANCHES = 50
/** Characters of a branch's beginning. */
const EXCERPT = 200

/** What of a story can be given away by itself: its chapters, and its branches beside the one that is shown. Throws `not_found`. */
export function textOutline(
  stores: Stores,
  { storyId, branch }: ParsedInput<'files.textOutline'>
): RouteOutput<'files.textOutline'> {
  const story = storyToRead(stores, storyId)
  const last = endOf(stores, story, branch)
  return {
    chapters: chaptersOf(stores, story, last).map(({ name }) => name),
    branches: branchesOf(stores, storyId, endOf(stores, story, undefined)?.id ?? null),
  }
}

/** Every passage that nothing follows and that the story does not show ends a branch of its own. */
function branchesOf(
  stores: Stores,
  storyId: ParsedInput<'files.textOutline'>['storyId'],
  shown: MessageId | null
): Branch[] {
  const whole = stores.messages.tree.whole(storyId)
  const byId = new Map(whole.map((one) => [one.id, one]))
  const onPage = new Set<MessageId>()
  for (let at = shown; at !== null; at = byId.get(at)?.parentId ?? null) onPage.add(at)
  const goesOn = new Set<MessageId>()
  const ends: MessageId[] = []
  // Each stands behind its parent.
  for (const { id, parentId, deleted } of whole.toReversed()) {
    if (!deleted && !goesOn.has(id) && !onPage.has(id)) ends.push(id)
    if (parentId !== null && (!deleted || goesOn.has(id))) goesOn.add(parentId)
  }
  const branches = ends.map((end) => {
    let length = 0
    let begin = end
    for (let at: MessageId | null = end; at !== null && !onPage.has(at); at = byId.get(at)?.parentId ?? null)
      if (byId.get(at)?.deleted === false) {
        length += 1
        begin = at
      }
    return { id: end, begin, length }
  })
  return branches
    .toSorted((a, b) => b.length - a.length)
    .slice(0, MOST_BRANCHES)
    .map(({ id, begin, length }) => ({ id, length, excerpt: stores.messages.get(begin)?.text.slice(0, EXCERPT) ?? '' }))
}

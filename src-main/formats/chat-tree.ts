import type { ChatPassage, ChatText, ReadChat } from './chat'

/** A passage of a story that chats become; those before it in the list may be its parents. */
export interface ChatNode extends ChatText {
  /** The place of its parent in the list; null at the beginning of the story. */
  parent: number | null
  isWriter: boolean
  writtenAt: string | null
}

/** A tree of passages. */
export interface ChatTree {
  nodes: ChatNode[]
  /** The last passage of the first chat; null for chats without one. */
  head: number | null
}

/** A file that is a chat, and its name without the ending. */
export interface NamedChat {
  name: string
  chat: ReadChat
}

/**
 * Puts chats that were branched off from one another into groups, each with the one that all began with first. A chat
 * whose origin is not among them stands alone.
 */
export function branchesTogether<Chat extends NamedChat>(chats: readonly Chat[]): Chat[][] {
  const byName = new Map(chats.map((one) => [one.name, one]))
  const originOf = (one: Chat): Chat => {
    const seen = new Set<Chat>()
    let origin = one
    // Two files that name each other would go round for ever.
    while (!seen.has(origin)) {
      seen.add(origin)
      const { branchOf } = origin.chat
      origin = (branchOf === null ? undefined : byName.get(branchOf)) ?? origin
    }
    return origin
  }
  const groups = new Map<Chat, Chat[]>()
  for (const one of chats) {
    const origin = originOf(one)
    groups.set(origin, [...(groups.get(origin) ?? []), one])
  }
  return [...groups].map(([origin, group]) => [origin, ...group.filter((one) => one !== origin)])
}

/**
 * One tree of the chats of a group: where they say the same they share their passages, and each swipe is an alternative.
 * Between two passages others can work.
 */
export function* chatTree(chats: readonly ReadChat[]): Generator<undefined, ChatTree> {
  const nodes: ChatNode[] = []
  const children = new Map<number | null, Map<string, number>>()
  const add = (parent: number | null, { isWriter, writtenAt }: ChatPassage, text: ChatText): number => {
    const known = children.get(parent) ?? new Map<string, number>()
    children.set(parent, known)
    const key = `${isWriter ? 'w' : 's'}${text.text}`
    const found = known.get(key)
    if (found !== undefined) return found
    nodes.push({ ...text, parent, isWriter, writtenAt })
    known.set(key, nodes.length - 1)
    return nodes.length - 1
  }
  let head: number | null = null
  for (const [index, chat] of chats.entries()) {
    let parent: number | null = null
    for (const passage of chat.passages) {
      const before: number | null = parent
      const places: number[] = passage.texts.map((text) => add(before, passage, text))
      parent = places[passage.chosen] ?? before
      yield
    }
    if (index === 0) head = parent
  }
  return { nodes, head }
}

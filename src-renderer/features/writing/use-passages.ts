import { replaceEqualDeep, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import type { Message } from '@contract/entities/story'
import type { FabulaError } from '@contract/errors'
import type { MessageId, StoryId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { notifyError } from '@renderer/components/notify'

/** Passages that a story opens with: more than fill any screen. */
const FIRST = 60
const EARLIER = 100
const MOST = 500

export interface Passages {
  /** In reading order, without gaps, up to the story's end. */
  messages: Message[]
  /** The place from which on they are loaded; 0 is the beginning of the story. */
  first: number
  hasEarlier: boolean
}

// One query holds all that is loaded, so that what a change moved is never on two pages or on none.
const passagesKey = (storyId: StoryId) => ['messages.page', { storyId }]

/** Passages that did not change stay the same objects, so that only the others render again. */
function keepUnchanged(old: readonly Message[], fresh: readonly Message[]): Message[] {
  const before = new Map(old.map((message) => [message.id, message]))
  return fresh.map((message) => replaceEqualDeep(before.get(message.id), message))
}

/** Asks for the end of the story, as far back as `loaded` reaches. */
async function loadEnd(storyId: StoryId, loaded: readonly Message[]): Promise<Passages> {
  const first = loaded[0]?.id
  const enough = Math.max(FIRST, loaded.length)
  const clamp = (count: number) => Math.min(MOST, Math.max(FIRST, count))
  let { messages, first: from } = await request('messages.page', { storyId, limit: clamp(loaded.length + 2) })
  while (from > 0 && messages.length < enough && !messages.some(({ id }) => id === first)) {
    // One page depends on the one after it.
    const page = await loadBefore(storyId, from, clamp(enough - messages.length))
    messages = [...page.messages, ...messages]
    from = page.first
  }
  return { messages, first: from, hasEarlier: from > 0 }
}

const loadBefore = (storyId: StoryId, first: number, limit: number) =>
  request('messages.page', { storyId, first: Math.max(0, first - limit), limit: Math.min(first, limit) })

async function refresh(client: QueryClient, storyId: StoryId): Promise<Passages> {
  const key = passagesKey(storyId)
  const asked = client.getQueryData<Passages>(key)?.messages ?? []
  const fresh = await loadEnd(storyId, asked)
  const now = client.getQueryData<Passages>(key)
  const old = now?.messages ?? []
  // Earlier passages may have come while this was asked; they stay.
  const cameMeanwhile = old.findIndex(({ id }) => id === asked[0]?.id)
  if (now && cameMeanwhile > 0 && fresh.messages[0]?.id === asked[0]?.id) {
    return {
      messages: keepUnchanged(old, [...old.slice(0, cameMeanwhile), ...fresh.messages]),
      first: now.first,
      hasEarlier: now.hasEarlier,
    }
  }
  // Or some were forgotten meanwhile, and stay so.
  const forgotten = old.length < asked.length ? fresh.messages.findIndex(({ id }) => id === old[0]?.id) : 0
  if (forgotten > 0) {
    const messages = keepUnchanged(old, fresh.messages.slice(forgotten))
    return { messages, first: messages[0]?.position ?? fresh.first, hasEarlier: true }
  }
  return { ...fresh, messages: keepUnchanged(old, fresh.messages) }
}

/**
 * Puts earlier passages before the loaded ones: one page of `limit`, or, with `until`, as many as it takes to reach that
 * passage. Answers false, and leaves the page as it is, when it is not in the story as it stands.
 */
async function prependEarlier(
  client: QueryClient,
  storyId: StoryId,
  limit: number,
  until?: MessageId
): Promise<boolean> {
  const key = passagesKey(storyId)
  const loaded = client.getQueryData<Passages>(key)
  const first = loaded?.messages[0]?.id
  if (!first) return false
  let earlier: Message[] = []
  let from = loaded.first
  const found = () => until === undefined || earlier.some(({ id }) => id === until)
  do {
    // Each page begins where the one after it does. All come onto the page at once.
    const page = await loadBefore(storyId, from, limit)
    earlier = [...page.messages, ...earlier]
    from = page.first
  } while (!found() && from > 0)
  if (!found()) return false
  client.setQueryData<Passages>(key, (now) =>
    now?.messages[0]?.id === first
      ? { messages: [...earlier, ...now.messages], first: from, hasEarlier: from > 0 }
      : now
  )
  return true
}

export interface PassagesQuery {
  data: Passages | undefined
  error: FabulaError | null
  isFetching: boolean
  refetch: () => void
  /** Loads passages before the first one; one request at a time. */
  loadEarlier: () => Promise<void>
  /** Loads until a passage is there; false when it is not in the story as it stands. */
  loadUntil: (id: MessageId) => Promise<boolean>
  /** Forgets all but the last passages. For a reader at the end: memory does not grow with what was read. */
  forgetEarlier: () => void
}

/** A story's passages: its end first, earlier ones on demand. */
export function usePassages(storyId: StoryId): PassagesQuery {
  const client = useQueryClient()
  const loading = useRef<Promise<boolean>>(undefined)
  const { data, error, isFetching, refetch } = useQuery<Passages, FabulaError>({
    queryKey: passagesKey(storyId),
    queryFn: () => refresh(client, storyId),
    structuralSharing: false,
  })

  const loadEarlier = useCallback(async () => {
    loading.current ??= prependEarlier(client, storyId, EARLIER).finally(() => {
      loading.current = undefined
    })
    await loading.current.catch(notifyError)
  }, [client, storyId])

  const loadUntil = useCallback(
    async (id: MessageId) => {
      await loading.current?.catch(() => false)
      const loaded = client.getQueryData<Passages>(passagesKey(storyId))
      if (loaded?.messages.some((message) => message.id === id)) return true
      return loaded?.hasEarlier ? prependEarlier(client, storyId, MOST, id) : false
    },
    [client, storyId]
  )

  const forgetEarlier = useCallback(() => {
    client.setQueryData<Passages>(passagesKey(storyId), (now) =>
      now && now.messages.length > 3 * FIRST
        ? {
            messages: now.messages.slice(-FIRST),
            first: now.messages.at(-FIRST)?.position ?? now.first,
            hasEarlier: true,
          }
        : now
    )
  }, [client, storyId])

  return { data, error, isFetching, refetch: () => void refetch(), loadEarlier, loadUntil, forgetEarlier }
}

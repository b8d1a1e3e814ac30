import { z } from 'zod'
import { ErrorShape } from '../errors'
import { MessageId, StoryId } from '../ids'
import { Timestamp } from '../values'

/** `pin`: recalled in every turn; `ban`: never recalled. */
export const MemoryMark = z.enum(['pin', 'ban'])
export type MemoryMark = z.infer<typeof MemoryMark>

/** `world`: passages of the other stories that share a world with this one are recalled, too. */
export const MemoryScope = z.enum(['story', 'world'])
export type MemoryScope = z.infer<typeof MemoryScope>

/** A passage that the writer pinned or banned. */
export const MarkedPassage = z.strictObject({
  messageId: MessageId,
  mark: MemoryMark,
  /** The beginning of its text. */
  excerpt: z.string(),
  /** How many passages stand before it; null when it is not on the path that is shown. */
  position: z.number().int().nonnegative().nullable(),
  markedAt: Timestamp,
})
export type MarkedPassage = z.infer<typeof MarkedPassage>

/** How far a story is remembered. */
export const MemoryState = z.strictObject({
  /**
   * `ready`: all of it; `indexing`: being taken up, words are found meanwhile; `waiting`: something changed, and it comes
   * to that soon; `failed`: only words are found, because of `problem`; `off`: nothing can be saved in this session.
   */
  state: z.enum(['ready', 'indexing', 'waiting', 'failed', 'off']),
  /** Passages whose words are found. */
  passages: z.number().int().nonnegative(),
  /** Pieces of passages in all, and how many of them are found by meaning. */
  chunks: z.number().int().nonnegative(),
  vectors: z.number().int().nonnegative(),
  /** What makes its vectors. */
  embedder: z.strictObject({
    provider: z.string(),
    model: z.string(),
    /** The one that comes with Fabula: it compares words and parts of words. */
    own: z.boolean(),
    local: z.boolean(),
  }),
  problem: ErrorShape.nullable(),
  /** When it is tried again by itself after a problem. */
  nextTryAt: Timestamp.nullable(),
  scope: MemoryScope,
})
export type MemoryState = z.infer<typeof MemoryState>

/** The kind of job that takes stories up. */
export const REMEMBER = 'memory'
export const RememberInput = z.strictObject({ storyId: StoryId })
export type RememberInput = z.infer<typeof RememberInput>
export const RememberProgress = z.strictObject({
  /** First the words of all passages, then vectors. */
  phase: z.enum(['words', 'vectors']),
  done: z.number().int().nonnegative(),
  all: z.number().int().nonnegative(),
})
export type RememberProgress = z.infer<typeof RememberProgress>

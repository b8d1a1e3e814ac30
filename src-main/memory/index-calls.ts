import type { MessageId, StoryId } from '@contract/ids'
import type { Recalled } from './memory'

/** What the thread of the index is asked, and what it answers. Each call is short; what takes long is asked in parts. */
export interface IndexCalls {
  /** Compares a story with its index from the beginning; what is gone goes at once. */
  begin: { input: { storyId: StoryId }; output: { passages: number } }
  /** Takes up passages for about `ms` milliseconds: those that are new or say something else. */
  takeUp: { input: { ms: number }; output: { done: number; passages: number } }
  /**
   * Begins to give a story's chunks vectors of an embedder, in place of those of another one. `waiting`: chunks that have
   * none of it.
   */
  beginVectors: { input: { storyId: StoryId; embedder: string }; output: Waiting }
  /** The texts of the next chunks that have no vector. */
  nextTexts: { input: { count: number }; output: { chunks: { id: number; text: string }[] } }
  keepVectors: { input: { vectors: { id: number; vector: number[] }[] }; output: Waiting }
  /** Makes vectors by the embedder that comes with Fabula, for about `ms` milliseconds. */
  makeVectors: { input: { ms: number; dimensions: number }; output: Waiting }
  /** Begins to read a story's vectors into memory, where there are any. */
  warm: { input: { storyId: StoryId; embedder: string }; output: null }
  recall: { input: RecallInput; output: Recalled[] }
  count: { input: { storyId: StoryId; embedder: string | null }; output: IndexCount }
  /** Takes a story out of the index. */
  forget: { input: { storyId: StoryId }; output: null }
  /** Takes out stories and passages that are no more. */
  tidy: { input: null; output: null }
}

export interface Waiting {
  waiting: number
  chunks: number
}

export interface IndexCount {
  passages: number
  chunks: number
  /** How many chunks have a vector of the embedder that was asked about. */
  vectors: number
}

/** What makes a story's vectors. */
export interface Embedder {
  /** All that a vector depends on but the text. */
  identity: string
  /** Of the embedder that comes with Fabula; null for a model that is asked. */
  ownDimensions: number | null
}

export interface RecallInput {
  /** Whose pins and bans count. */
  storyId: StoryId
  headId: MessageId | null
  /** Stories that share their memory with it; each is searched as it stands. */
  others: StoryId[]
  /** Without vectors where they could not be had; those of Fabula's own embedder are made by the thread. */
  queries: { text: string; vector: number[] | null }[]
  embedder: Embedder | null
  limit: number
  leaveOut: MessageId[]
}

export type IndexCall = keyof IndexCalls
export type IndexInput<Call extends IndexCall> = IndexCalls[Call]['input']
export type IndexOutput<Call extends IndexCall> = IndexCalls[Call]['output']
export type IndexAnswers = { [Call in IndexCall]: (input: IndexInput<Call>) => IndexOutput<Call> }

export interface ThreadQuestion {
  id: number
  call: IndexCall
  input: unknown
}
/** `damaged`: the file was, and an empty one is in its place. */
export type ThreadAnswer = { id: number; output: unknown } | { id: number; error: string; damaged: boolean }

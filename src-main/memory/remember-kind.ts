import { REMEMBER, RememberInput, RememberProgress } from '@contract/entities/memory'
import { CommonError, FabulaError, ProviderError } from '@contract/errors'
import type { StoryId } from '@contract/ids'
import { jsonColumn } from '@main/data/json-column'
import type { Stores } from '@main/data/stores'
import type { JobKind } from '@main/jobs/job-kind'
import { pause } from '@main/platform/pause'
import type { EmbedCaller } from '@main/routing/embed-call'
import type { IndexClient } from './index-client'
import type { StoryEmbedder } from './story-embedder'

/** How many milliseconds the thread works at a time, and rests after that at least: a turn that recalls must hardly wait. */
const SLICE_MS = 12
const LEAST_REST_MS = 4
/** Chunks that are sent to a model at once: about 5,000 tokens, within the limits of every provider. */
const BATCH = 32

/**
 * Takes a story up into the index: first the words of what is new or changed, then vectors. One story at a time. May be
 * cut off anywhere and asked for again at any time: it does what is left.
 */
export function createRememberKind(ports: {
  stores: Stores
  index: IndexClient
  embedderOf: (storyId: StoryId) => StoryEmbedder
  embed: EmbedCaller
  /** It came further. */
  onProgress: (storyId: StoryId) => void
  /** It came to an end; `error` is null when it is all done. Not called when it was stopped. */
  onEnd: (storyId: StoryId, error: unknown) => void
}): JobKind<RememberInput, RememberProgress> {
  const { stores, index, embedderOf, embed, onProgress, onEnd } = ports

  /**
   * Does a slice of work, then rests as long as it took: what the writer sees is drawn by the same few cores, and a slice
   * takes longer where they have much to do.
   */
  const thenRest = async <Answer>(work: Promise<Answer>, signal: AbortSignal): Promise<Answer> => {
    const began = performance.now()
    const answer = await work
    await pause(Math.max(LEAST_REST_MS, performance.now() - began), signal)
    return answer
  }

  const takeUpWords = async (storyId: StoryId, signal: AbortSignal, report: (done: number, all: number) => void) => {
    const { passages } = await index.ask('begin', { storyId })
    for (let done = 0; done < passages;) {
      signal.throwIfAborted()
      const now = await thenRest(index.ask('takeUp', { ms: SLICE_MS }), signal)
      // Another question may have begun the comparison anew; then this one is over.
      if (now.passages !== passages) return
      done = now.done
      report(done, passages)
    }
  }

  /** Vectors of a batch of texts by a model. */
  const vectorsOf = async (storyId: StoryId, embedder: StoryEmbedder, texts: string[], signal: AbortSignal) => {
    if (!embedder.plan) return []
    const { vectors } = await embed({
      plan: embedder.plan(),
      texts,
      purpose: 'document',
      account: { purpose: { kind: 'embedding', storyId, turnId: null }, attempts: 0 },
      signal,
    })
    if (vectors.length !== texts.length || new Set(vectors.map(({ length }) => length)).size > 1) {
      const provider = embedder.providerName()
      throw new FabulaError(ProviderError.BadAnswer, `${provider} gave other vectors than were asked for`, {
        details: { provider, model: embedder.model },
      })
    }
    return vectors
  }

  const makeVectors = async (storyId: StoryId, signal: AbortSignal, report: (done: number, all: number) => void) => {
    const embedder = embedderOf(storyId)
    let state = await index.ask('beginVectors', { storyId, embedder: embedder.identity })
    while (state.waiting > 0) {
      signal.throwIfAborted()
      if (embedder.ownDimensions !== null)
        state = await thenRest(index.ask('makeVectors', { ms: SLICE_MS, dimensions: embedder.ownDimensions }), signal)
      else {
        const { chunks } = await index.ask('nextTexts', { count: BATCH })
        if (chunks.length === 0) return
        const texts = chunks.map(({ text }) => text)
        const made = await vectorsOf(storyId, embedder, texts, signal)
        const vectors = chunks.map(({ id }, at) => ({ id, vector: made[at] ?? [] }))
        state = await thenRest(index.ask('keepVectors', { vectors }), signal)
      }
      report(state.chunks - state.waiting, state.chunks)
    }
  }

  return {
    id: REMEMBER,
    schema: RememberInput,
    input: jsonColumn(RememberInput),
    progress: jsonColumn(RememberProgress),
    nothingYet: { phase: 'words', done: 0, all: 0 },
    place: ({ storyId }) => {
      const story = stores.stories.get(storyId)
      if (!story || story.deleted)
        throw new FabulaError(CommonError.NotFound, `There is no story ${storyId}`, { details: { path: 'storyId' } })
      return { key: REMEMBER, subject: storyId, serverId: null }
    },
    run: async ({ input: { storyId }, report, signal }) => {
      const tell = (phase: RememberProgress['phase']) => (done: number, all: number) => {
        report({ phase, done, all })
        onProgress(storyId)
      }
      try {
        await takeUpWords(storyId, signal, tell('words'))
        await makeVectors(storyId, signal, tell('vectors'))
        onEnd(storyId, null)
      } catch (error) {
        if (!signal.aborted) onEnd(storyId, error)
        throw error
      }
    },
  }
}

import type { FabulaError } from '@contract/errors'
import type { EmbedCaller } from '@main/routing/embed-call'
import type { RecallQuestion } from './memory'
import type { StoryEmbedder } from './story-embedder'

/** Milliseconds that a turn waits at most for the vectors of its queries. */
const LIMIT_MS = 20_000

/** A vector for each query. Null where none can be had: then words are searched for alone, and the question is told why. */
export async function queryVectors(
  ports: { embed: EmbedCaller; toUserError: (error: unknown) => FabulaError },
  { storyId, signal, onWordsAlone }: RecallQuestion,
  embedder: StoryEmbedder,
  queries: readonly string[]
): Promise<(number[] | null)[]> {
  if (!embedder.plan || queries.length === 0) return queries.map(() => null)
  try {
    const { vectors } = await ports.embed({
      plan: embedder.plan(),
      texts: queries,
      purpose: 'query',
      account: { purpose: { kind: 'embedding', storyId, turnId: null }, attempts: 0 },
      signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]),
    })
    return queries.map((_, at) => vectors[at] ?? null)
  } catch (error) {
    signal.throwIfAborted()
    onWordsAlone?.(ports.toUserError(error))
    return queries.map(() => null)
  }
}

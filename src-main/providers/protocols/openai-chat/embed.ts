import type OpenAI from 'openai'
import { z } from 'zod'
import type { JsonValue } from '@contract/values'
import { batchesOf } from '@main/providers/kit/batches'
import { badAnswer, requestFailure } from '@main/providers/kit/failures'
import { requestBody } from '@main/providers/kit/request-body'
import { wireEmbeddingModel } from '@main/providers/kit/wire-model'
import type { Connection, EmbedAnswer, EmbedRequest } from '@main/providers/spec/protocol'
import { createClient } from './client'

const EmbeddingAnswer = z.looseObject({
  data: z.array(z.looseObject({ index: z.number().int().nonnegative(), embedding: z.array(z.number()).min(1) })),
  usage: z
    .looseObject({ prompt_tokens: z.number().nullish().catch(null), cost: z.number().nullish().catch(null) })
    .nullish()
    .catch(null),
})
type EmbeddingAnswer = z.infer<typeof EmbeddingAnswer>

/** Turns texts into vectors, in as many requests as the definition's `embedBatch` makes of them. */
export async function embed(provider: Connection, request: EmbedRequest): Promise<EmbedAnswer> {
  const connection = { ...provider, model: request.model }
  const client = createClient(connection, request.signal)
  const answer: EmbedAnswer = { vectors: [], usage: { inputTokens: null, outputTokens: null, cost: null } }
  for (const texts of batchesOf(request.texts, connection.definition.embedBatch)) {
    const { data, usage } = await embedBatch(connection, client, request, texts)
    answer.vectors.push(...inOrder(connection, data, texts.length))
    answer.usage.inputTokens = add(answer.usage.inputTokens, usage?.prompt_tokens)
    answer.usage.cost = add(answer.usage.cost, usage?.cost)
  }
  return answer
}

async function embedBatch(connection: Connection, client: OpenAI, request: EmbedRequest, texts: readonly string[]) {
  const { signal } = request
  const model = wireEmbeddingModel(connection, request)
  const [only] = texts
  // An API that takes one text a call may not know lists at all.
  const input: JsonValue = only !== undefined && connection.definition.embedBatch === 1 ? only : [...texts]
  const body = { ...requestBody(connection, {}, request.parameters), model, input }
  let answer: unknown
  try {
    answer = await client.post<unknown>('/embeddings', { body, signal })
  } catch (error) {
    throw requestFailure(connection, error, signal)
  }
  const parsed = EmbeddingAnswer.safeParse(answer)
  if (!parsed.success) throw badAnswer(connection, 'wrong_shape')
  return parsed.data
}

/** Vectors come in any order, each with the index of its text. */
function inOrder(connection: Connection, data: EmbeddingAnswer['data'], expected: number): number[][] {
  const byIndex = new Map(data.map(({ index, embedding }) => [index, embedding]))
  return Array.from({ length: expected }, (_, index) => {
    const vector = byIndex.get(index)
    if (!vector) throw badAnswer(connection, 'wrong_shape')
    return vector
  })
}

const add = (sum: number | null, part: number | null | undefined) => (part == null ? sum : (sum ?? 0) + part)

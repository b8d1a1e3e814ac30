import { z } from 'zod'
import { batchesOf } from '@main/providers/kit/batches'
import { badAnswer, requestFailure } from '@main/providers/kit/failures'
import { requestBody } from '@main/providers/kit/request-body'
import type { Connection, EmbedAnswer, EmbedRequest } from '@main/providers/spec/protocol'
import { createClient } from './client'

const Embeddings = z.looseObject({
  embeddings: z.array(z.array(z.number()).min(1)),
  prompt_eval_count: z.number().nullish().catch(null),
})

/** Turns texts into vectors with `/api/embed`, in as many requests as the definition's `embedBatch` makes of them. */
export async function embed(provider: Connection, request: EmbedRequest): Promise<EmbedAnswer> {
  const connection = { ...provider, model: request.model }
  const client = createClient(connection, request.signal)
  const answer: EmbedAnswer = { vectors: [], usage: { inputTokens: null, outputTokens: null, cost: null } }
  const body = requestBody(connection, {}, request.parameters)
  try {
    for (const texts of batchesOf(request.texts, connection.definition.embedBatch)) {
      const batch = Embeddings.safeParse(await client.embed({ ...body, model: request.model, input: texts }))
      if (!batch.success || batch.data.embeddings.length !== texts.length) throw badAnswer(connection, 'wrong_shape')
      answer.vectors.push(...batch.data.embeddings)
      const read = batch.data.prompt_eval_count
      if (typeof read === 'number') answer.usage.inputTokens = (answer.usage.inputTokens ?? 0) + read
    }
  } catch (error) {
    throw requestFailure(connection, error, request.signal)
  }
  return answer
}

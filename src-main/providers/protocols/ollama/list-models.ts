import type { Ollama } from 'ollama'
import { z } from 'zod'
import type { ModelFacts } from '@contract/entities/model'
import { batchesOf } from '@main/providers/kit/batches'
import { badAnswer, requestFailure, tooLarge } from '@main/providers/kit/failures'
import { limits } from '@main/providers/kit/limits'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { Connection } from '@main/providers/spec/protocol'
import { createClient } from './client'
import { factsOf, ListedModel, ShownModel } from './model-facts'

/** Models that are asked about at once: a small server also has stories to write. */
const AT_ONCE = 4

const Tags = z.looseObject({ models: z.array(ListedModel).nullable() })

/** The server's models in one page, with what `/api/show` adds to the list. */
export async function* listModels(connection: Connection, signal: AbortSignal): AsyncIterable<ModelFacts[]> {
  const client = createClient(connection, signal)
  try {
    const tags = Tags.safeParse(await client.list())
    if (!tags.success) throw badAnswer(connection, 'wrong_shape')
    if ((tags.data.models?.length ?? 0) > limits.models) throw tooLarge(connection, 'models')
    const facts: ModelFacts[] = []
    for (const few of batchesOf(tags.data.models ?? [], AT_ONCE)) {
      const shown = await Promise.all(few.map(async (listed) => await show(client, listed.name)))
      facts.push(...few.map((listed, at) => factsOf(connection.definition, listed, shown[at] ?? null)))
    }
    yield facts
  } catch (error) {
    throw requestFailure(connection, error, signal)
  }
}

/** What the server tells about one model; null when it cannot: one damaged model must not hide the others. */
async function show(client: Ollama, model: string): Promise<ShownModel | null> {
  try {
    return ShownModel.safeParse(await client.show({ model })).data ?? null
  } catch (error) {
    if (error instanceof ProviderFailure && error.status !== null) return null
    throw error
  }
}

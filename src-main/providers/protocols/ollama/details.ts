import { z } from 'zod'
import type { ServerModelDetails } from '@contract/entities/server'
import { badAnswer, requestFailure } from '@main/providers/kit/failures'
import type { Connection } from '@main/providers/spec/protocol'
import { createClient } from './client'

const text = z.string().nullish().catch(null)

const Shown = z.looseObject({
  capabilities: z.array(z.string()).nullish().catch(null),
  parameters: text,
  template: text,
  system: text,
  license: text,
  modified_at: text,
  model_info: z.record(z.string(), z.unknown()).nullish().catch(null),
})

/** What `/api/show` tells of one model. Of the model file's values only the single ones: the lists are its vocabulary. */
export async function details(provider: Connection, model: string, signal: AbortSignal): Promise<ServerModelDetails> {
  const connection = { ...provider, model }
  try {
    const answer = Shown.safeParse(await createClient(connection, signal).show({ model }))
    if (!answer.success) throw badAnswer(connection, 'wrong_shape')
    const shown = answer.data
    return {
      model,
      capabilities: shown.capabilities ?? [],
      parameters: shown.parameters?.trim() || null,
      template: shown.template?.trim() || null,
      system: shown.system?.trim() || null,
      license: shown.license?.trim() || null,
      modifiedAt: shown.modified_at || null,
      info: Object.entries(shown.model_info ?? {}).flatMap(([name, value]) =>
        typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
          ? [{ name, value: String(value) }]
          : []
      ),
    }
  } catch (error) {
    throw requestFailure(connection, error, signal)
  }
}

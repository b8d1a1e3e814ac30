import { z } from 'zod'
import type { RunningModel } from '@contract/entities/server'
import { badAnswer, requestFailure } from '@main/providers/kit/failures'
import type { Connection } from '@main/providers/spec/protocol'
import { createClient } from './client'

const bytes = z.number().int().nonnegative().nullish().catch(null)

/** The answer to `GET /api/ps`. Older servers do not tell the context length. */
const Running = z.looseObject({
  models: z
    .array(
      z.looseObject({
        name: z.string().min(1),
        size: bytes,
        size_vram: bytes,
        context_length: z.number().int().positive().nullish().catch(null),
        expires_at: z.string().nullish().catch(null),
      })
    )
    .nullable(),
})

/** The models that the server holds in memory, with the context that they were really loaded with. */
export async function running(connection: Connection, signal: AbortSignal): Promise<RunningModel[]> {
  try {
    const answer = Running.safeParse(await createClient(connection, signal).ps())
    if (!answer.success) throw badAnswer(connection, 'wrong_shape')
    return (answer.data.models ?? []).map((row) => ({
      model: row.name,
      size: row.size ?? null,
      sizeVram: row.size_vram ?? null,
      contextLength: row.context_length ?? null,
      expiresAt: row.expires_at ?? null,
    }))
  } catch (error) {
    throw requestFailure(connection, error, signal)
  }
}

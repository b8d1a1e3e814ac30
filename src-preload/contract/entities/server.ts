import { z } from 'zod'
import { ServerId } from '../ids'
import { HttpUrl, Name, Timestamp } from '../values'

/** An Ollama server. */
export const Server = z.strictObject({
  id: ServerId,
  name: z.string(),
  url: z.string(),
  isDefault: z.boolean(),
  /** Null until it was first asked. */
  available: z.boolean().nullable(),
  version: z.string().nullable(),
  lastChecked: Timestamp.nullable(),
  modelCount: z.number().int().nonnegative(),
})
export type Server = z.infer<typeof Server>

export const NewServer = z.strictObject({ name: Name, url: HttpUrl })
export type NewServer = z.infer<typeof NewServer>

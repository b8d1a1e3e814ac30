import { v7 } from 'uuid'
import type { z } from 'zod'

/** A new UUIDv7 as the branded id that `schema` describes. */
export const newId = <Schema extends z.ZodType>(schema: Schema): z.output<Schema> => schema.parse(v7())

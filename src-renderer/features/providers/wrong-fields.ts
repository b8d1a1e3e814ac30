import type { z } from 'zod'

/** The fields of an input that its schema does not take. */
export const wrongFields = (read: z.ZodSafeParseResult<unknown>): readonly PropertyKey[] =>
  read.success ? [] : read.error.issues.flatMap(({ path }) => path.slice(0, 1))

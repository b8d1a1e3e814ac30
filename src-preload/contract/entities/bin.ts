import { z } from 'zod'
import { Timestamp } from '../values'

export const BinKind = z.enum([
  'story',
  'passage',
  'preset',
  'modelConfig',
  'provider',
  'world',
  'worldEntry',
  'template',
  'media',
])
export type BinKind = z.infer<typeof BinKind>

/** Something that was deleted and can still be brought back. */
export const BinItem = z.strictObject({
  kind: BinKind,
  id: z.string(),
  /** Its name; of a passage the beginning of its text, at most 200 characters. */
  name: z.string(),
  /** The story of a passage, or of media; null for everything else. */
  storyTitle: z.string().nullable(),
  deletedAt: Timestamp,
  /** Days until it goes for good, at least 0. */
  daysLeft: z.number().int().nonnegative(),
})
export type BinItem = z.infer<typeof BinItem>

import { z } from 'zod'

/** What of a stored thing can be damaged, or be written by a newer Fabula, without the rest of it. */
export const StoredPart = z.enum([
  'settings',
  'prompts',
  'fallback',
  'headers',
  'body',
  'limits',
  'auth',
  'kinds',
  'secrets',
  'facts',
  'edits',
  'lessons',
  'fields',
  'extra',
  'differences',
  'authorship',
  'sent',
  'result',
  'content',
  'draft',
  'inputs',
  'tries',
  'value',
])
export type StoredPart = z.infer<typeof StoredPart>

/**
 * The parts of a thing that could not be read, and for which something else stands now; absent where all could. What is
 * stored of them stays until something new is saved in its place.
 */
export const unreadable = z.array(StoredPart).optional()

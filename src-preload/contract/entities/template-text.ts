import { z } from 'zod'
import { LocalizedText } from '../values'

/** Characters of a template. */
export const LONGEST_TEMPLATE = 60_000

export const TemplateText = z.string().max(LONGEST_TEMPLATE)

/**
 * What can be wrong with a template:
 *
 * - `syntax`: it cannot be read;
 * - `undefined`: it uses something that is not there;
 * - `unknown_filter`, `unknown_test`, `unknown_function`, `unknown_method`: by a `name` that there is none of;
 * - `no_files`: it asks for another template;
 * - `changed_section`: it changes a part that is fitted into the model's window later, and can only be placed;
 * - `not_mentioned`: it leaves out what the role cannot do without;
 * - `too_costly`: it takes more time, memory or depth than any template needs;
 * - `failed`: anything else, as the engine says it.
 */
export const TemplateProblemKind = z.enum([
  'syntax',
  'undefined',
  'unknown_filter',
  'unknown_test',
  'unknown_function',
  'unknown_method',
  'no_files',
  'changed_section',
  'not_mentioned',
  'too_costly',
  'failed',
])
export type TemplateProblemKind = z.infer<typeof TemplateProblemKind>

/** One thing that is wrong with a template, and where. */
export const TemplateProblem = z.strictObject({
  kind: TemplateProblemKind,
  /** Without this, the template can be used as it is. */
  fatal: z.boolean(),
  /** From 1. */
  line: z.number().int().positive(),
  /** From 1, in UTF-16 units. */
  column: z.number().int().positive(),
  /** In UTF-16 units; 0 where it is not known. */
  length: z.number().int().nonnegative(),
  /** What it is about: a variable, a filter. */
  name: z.string().nullable(),
  /** One English sentence, as the engine says it. */
  message: z.string(),
})
export type TemplateProblem = z.infer<typeof TemplateProblem>

/**
 * What a template can use:
 *
 * - `value`: a text, or an object of texts, which the template can do anything with;
 * - `section`: a part of the prompt that is fitted into the model's window; it can be placed, and asked whether it is
 *   there;
 * - `messages`: the same, and stands as messages of its own;
 * - `speaker`: from here on, the words are those of another one.
 */
export const TemplateVariable = z.strictObject({
  /** As it is written: `lore`, `story.title`. */
  name: z.string(),
  kind: z.enum(['value', 'section', 'messages', 'speaker']),
  help: LocalizedText,
})
export type TemplateVariable = z.infer<typeof TemplateVariable>

import { readTextPrompt, type ForeignPrompt } from '@main/formats/foreign-prompt'
import type { ForeignTemplates } from './recognise-foreign'

/**
 * The prompt that templates of SillyTavern make together; null where none of them is a part of one.
 *
 * @param at where the system prompt and the context template stand in their files
 */
export function promptOfTemplates(
  { sysprompt, context }: ForeignTemplates,
  ...[syspromptAt = [], contextAt = []]: readonly (readonly string[])[]
): ForeignPrompt | null {
  if (!sysprompt && !context) return null
  return readTextPrompt({ sysprompt, context }, (part) => (part === 'sysprompt' ? syspromptAt : contextAt))
}

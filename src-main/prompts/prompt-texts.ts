import { z } from 'zod'
import type { RoleId } from '@contract/ids'
import type { Language } from '@contract/values'
import en from '@resources/prompts/en.json'
import ru from '@resources/prompts/ru.json'

/** By what it is for, then by name: what stands around texts of worlds. */
const PromptTexts = z.record(z.string(), z.record(z.string(), z.string()))

const texts: Record<Language, z.infer<typeof PromptTexts>> = { en: PromptTexts.parse(en), ru: PromptTexts.parse(ru) }

/**
 * A text in the language of the story, with values in the place of `{{name}}`; what a value contains is not read again.
 * Null where there is none of that name.
 */
export function promptText(
  language: Language,
  role: RoleId,
  name: string,
  values: Record<string, string> = {}
): string | null {
  const text = texts[language][role]?.[name]
  return text?.replace(/\{\{(\w+)\}\}/g, (whole, place: string) => values[place] ?? whole) ?? null
}

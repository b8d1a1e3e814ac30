import { z } from 'zod'
import type { RoleId } from '@contract/ids'
import type { Language } from '@contract/values'
import en from '@resources/prompts/en.json'
import ru from '@resources/prompts/ru.json'

/** By role, then by name. `system` is what a role is told of its work. */
const PromptTexts = z.record(z.string(), z.record(z.string(), z.string()))

const texts: Record<Language, z.infer<typeof PromptTexts>> = { en: PromptTexts.parse(en), ru: PromptTexts.parse(ru) }

/**
 * What a role is told, in the language of the story, with values in the place of `{{name}}`; what a value contains is
 * not read again. Null where the role is told nothing of that name.
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

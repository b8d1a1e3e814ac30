import { z } from 'zod'
import type { Language } from '@contract/values'
import en from '@resources/prompts/en.json'
import ru from '@resources/prompts/ru.json'

const Prompts = z.object({
  main: z.object({
    system: z.string(),
    /** In the place of the writer's line, when there is none. */
    continue: z.string(),
    /** After a passage that breaks off. */
    complete: z.string(),
  }),
  storyteller: z.object({
    system: z.string(),
    /** Carries `{{draft}}`. */
    rewrite: z.string(),
  }),
})
export type Prompts = z.infer<typeof Prompts>

const prompts: Record<Language, Prompts> = { en: Prompts.parse(en), ru: Prompts.parse(ru) }

export const promptsIn = (language: Language): Prompts => prompts[language]

/** Puts values in the place of `{{name}}`. What a value contains is not read again. */
export const fill = (text: string, values: Record<string, string>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole)

import { z } from 'zod'
import { TemplateContent, TemplateGroup } from '@contract/entities/template'
import type { Language } from '@contract/values'

/** What one of the starter set says in a language. */
export interface StarterWords {
  name: string
  description: string
  content: TemplateContent
}

/** One of the templates that Fabula brings. */
export interface Starter {
  /** The name of its files. */
  key: string
  group: TemplateGroup
  words: Record<Language, StarterWords>
}

const Words = TemplateContent.omit({ system: true, user: true }).extend({ name: z.string(), description: z.string() })
const StarterFile = z.strictObject({ group: TemplateGroup, en: Words, ru: Words })

/**
 * The starter set from files of `resources/templates/`: of each, `character.json` with all but its texts, and
 * `character.en.jinja` and `character.en.system.jinja` with those, in each language. Throws where one lacks a file.
 */
export function readStarters(files: Record<string, unknown>, texts: Record<string, string>): Starter[] {
  const nameOf = (path: string) => path.replace(/^.*\//, '')
  const byName = new Map(Object.entries(texts).map(([path, text]) => [nameOf(path), text]))
  const text = (name: string) => {
    const found = byName.get(name)
    if (found === undefined) throw new Error(`The starter set has no ${name}`)
    return found.trim()
  }
  return Object.entries(files).map(([path, file]) => {
    const key = nameOf(path).replace(/\.json$/, '')
    const parsed = StarterFile.parse(file)
    const words = (language: Language): StarterWords => {
      const { name, description, ...rest } = parsed[language]
      const system = text(`${key}.${language}.system.jinja`)
      return { name, description, content: { system, user: text(`${key}.${language}.jinja`), ...rest } }
    }
    return { key, group: parsed.group, words: { en: words('en'), ru: words('ru') } }
  })
}

export const starters: readonly Starter[] = readStarters(
  import.meta.glob('@resources/templates/*.json', { eager: true, import: 'default' }),
  import.meta.glob<string>('@resources/templates/*.jinja', { eager: true, query: '?raw', import: 'default' })
)

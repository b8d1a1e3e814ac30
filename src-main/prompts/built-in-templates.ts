import { createHash } from 'node:crypto'
import type { RoleId, StageId } from '@contract/ids'
import type { Language } from '@contract/values'

/** `/resources/prompts/main.en.jinja` to its text. */
const files = import.meta.glob<string>('@resources/prompts/*.jinja', { eager: true, query: '?raw', import: 'default' })

export interface BuiltInTemplate {
  text: string
  /** Changes with the text. */
  digest: string
}

const templates = new Map(
  Object.entries(files).map(([path, text]): [string, BuiltInTemplate] => [
    path.replace(/^.*\//, ''),
    { text, digest: createHash('sha256').update(text).digest('hex').slice(0, 16) },
  ])
)

/** The prompt that Fabula brings for a role, or for a stage of words, in a language; null for a role that is told nothing. */
export const builtInTemplate = (role: RoleId | StageId, language: Language): BuiltInTemplate | null =>
  templates.get(`${role}.${language}.jinja`) ?? null

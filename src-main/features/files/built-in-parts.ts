import type { RoleId } from '@contract/ids'
import type { Language } from '@contract/values'
import { builtInTemplate } from '@main/prompts/built-in-templates'
import { namesIn } from '@contract/jinja/names'

/** The built-in prompt of a role, taken apart, so that a prompt of another program can take the place of one part. */
export interface BuiltInParts {
  /** What the role is told to be and to do. */
  instructions: string
  /** What frames the sections behind it, one `{% if … %} … {% endif %}` each, with the variables in it. */
  blocks: { text: string; variables: ReadonlySet<string> }[]
  /** The story itself, up to the writer's line, and what follows after it. */
  story: string
  afterLine: string
}

const FIRST_BLOCK = /^\{%-?\s*if\b/m
const BLOCK = /^\{%-?\s*if\b[^]*?^\{%-?\s*endif\s*-?%\}/gm
const STORY = '{{ as_user }}'
const LINE = '{{ line }}'

export function builtInParts(role: RoleId, language: Language): BuiltInParts {
  const text = builtInTemplate(role, language)?.text ?? ''
  const [told = '', ...stories] = text.split(STORY)
  const story = stories.length === 0 ? '' : `${STORY}${stories.join(STORY)}`
  const lineEnd = story.indexOf(LINE) < 0 ? story.length : story.indexOf(LINE) + LINE.length
  const first = told.search(FIRST_BLOCK)
  return {
    instructions: (first < 0 ? told : told.slice(0, first)).trim(),
    blocks: [...told.matchAll(BLOCK)].map(([block]) => ({
      text: block,
      variables: new Set(namesIn(block).variables.map(({ root }) => root)),
    })),
    story: story.slice(0, lineEnd).trim(),
    afterLine: story.slice(lineEnd).trim(),
  }
}

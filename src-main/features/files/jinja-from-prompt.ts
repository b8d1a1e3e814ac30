import type { PromptPart } from '@main/formats/story-string'

/** What a macro of SillyTavern is here: a name that stands within a sentence, or a section, which stands in one place only. */
const values: ReadonlyMap<string, string> = new Map([
  ['user', 'persona_name'],
  ['char', 'character_names'],
  ['charifnotgroup', 'character_names'],
  ['group', 'character_names'],
  ['groupnotmuted', 'character_names'],
])

/** In the order in which they claim the place: what Fabula has as one section, SillyTavern has as several. */
const sections: readonly (readonly [section: string, macros: readonly string[]])[] = [
  ['persona', ['persona']],
  ['characters', ['description', 'personality', 'scenario', 'mesexamples', 'mesexamplesraw']],
  ['lore', ['wibefore', 'lorebefore', 'wiafter', 'loreafter']],
  ['summary', ['summary']],
]

const sectionOf = (macro: string): string | undefined => sections.find(([, macros]) => macros.includes(macro))?.[0]

/** What stands in its place here by itself: the author's note, and what the prompt was before. */
const silent = new Set(['anchorbefore', 'anchorafter', 'original', 'noop'])

/** Those that choose by chance among what they name. */
const choosers = new Set(['random', 'pick'])

/** What the parts of a prompt share. */
export interface JinjaContext {
  /** Which macro of a section stands for it in the whole prompt. */
  claims: ReadonlyMap<string, string>
  /** What stands in the place of `{{system}}`, as a template. */
  system: string
  /** The sections that have their place. */
  placed: Set<string>
  /** Macros without a counterpart, as they stand in the file. */
  lost: Set<string>
}

const SYSTEM = 'system'

/** Finds out which macro is the place of each section. @param all every part of the prompt */
export function jinjaContext(all: readonly PromptPart[], system = ''): JinjaContext {
  const used = macrosIn(all)
  const claims = new Map(
    sections.flatMap(([section, macros]): [string, string][] => {
      const first = macros.find((macro) => used.has(macro))
      return first === undefined ? [] : [[section, first]]
    })
  )
  return { claims, system, placed: new Set(), lost: new Set() }
}

function macrosIn(parts: readonly PromptPart[], found = new Set<string>()): Set<string> {
  for (const part of parts) {
    if (part.kind === 'macro') found.add(part.name)
    if (part.kind === 'if') macrosIn([...part.whenTrue, ...part.otherwise], found)
  }
  return found
}

/** Writes the parts of a prompt as a template, and notes in the context what was placed and what was lost. */
export function jinjaOf(parts: readonly PromptPart[], context: JinjaContext): string {
  return parts.map((part) => oneOf(part, context)).join('')
}

function oneOf(part: PromptPart, context: JinjaContext): string {
  switch (part.kind) {
    case 'text':
      return literal(part.text)
    case 'macro':
      return macroOf(part, context)
    case 'if':
      return blockOf(part, context)
  }
}

function macroOf(
  { name, values: given, source }: Extract<PromptPart, { kind: 'macro' }>,
  context: JinjaContext
): string {
  const value = values.get(name)
  if (value !== undefined) return `{{ ${value} }}`
  if (name === SYSTEM) {
    if (context.placed.has(SYSTEM)) return ''
    context.placed.add(SYSTEM)
    return context.system
  }
  if (name === 'newline') return '\n'
  const section = sectionOf(name)
  if (section !== undefined) {
    if (context.claims.get(section) !== name || context.placed.has(section)) return ''
    context.placed.add(section)
    return `{{ ${section} }}`
  }
  if (silent.has(name)) return ''
  context.lost.add(source)
  return choosers.has(name) ? literal(given[0] ?? '') : ''
}

/**
 * A block about something that stands in another place would be a heading over nothing: it goes. What there is always
 * needs no question; what there never is leaves the other half.
 */
function blockOf({ name, whenTrue, otherwise }: Extract<PromptPart, { kind: 'if' }>, context: JinjaContext): string {
  const macro = name.toLowerCase()
  if (values.has(macro)) return jinjaOf(whenTrue, context)
  if (macro === SYSTEM) return jinjaOf(context.system === '' ? otherwise : whenTrue, context)
  const section = sectionOf(macro)
  if (section === undefined) {
    if (!silent.has(macro)) context.lost.add(`{{#if ${name}}}`)
    return jinjaOf(otherwise, context)
  }
  const before = context.placed.size
  const shown = jinjaOf(whenTrue, context)
  const placesSomething = context.placed.size > before
  const asks = macrosIn(whenTrue).has(macro)
  const kept = placesSomething || !asks ? shown : ''
  const other = jinjaOf(otherwise, context)
  if (kept.trim() === '' && other.trim() === '') return ''
  if (kept.trim() === '') return `{% if not ${section} %}${other}{% endif %}`
  return `{% if ${section} %}${kept}${other.trim() === '' ? '' : `{% else %}${other}`}{% endif %}`
}

/**
 * Words of a foreign file are words: nothing in them is code of a template, also where the space at their end is taken away
 * and a brace comes to stand before another part.
 */
const literal = (text: string): string => text.replaceAll(/\{(?=[{%#]|\s*$)/g, '{{ "{" }}')

import { LONGEST_TEMPLATE } from '@contract/entities/template-text'
import type { RolePrompt } from '@contract/entities/preset'
import type { Language } from '@contract/values'
import { faultAt } from '@main/formats/file-fault'
import type { ForeignPrompt } from '@main/formats/foreign-prompt'
import type { PromptPart } from '@main/formats/story-string'
import { MAIN } from '@main/settings/role-registry'
import { builtInParts, type BuiltInParts } from './built-in-parts'
import { jinjaContext, jinjaOf } from './jinja-from-prompt'

/** The Writer's prompt that a foreign one makes, and the macros in it that have no counterpart here. */
export interface TranslatedPrompt {
  prompt: RolePrompt
  lost: string[]
}

/**
 * Makes a prompt of the Writer of a foreign one: its words stand in the place of the built-in instructions, its order in
 * the place of theirs, and what it says nothing of stands as in the built-in prompt. Throws `file_invalid` for one that is
 * longer than a prompt may be.
 *
 * @param language of the parts that are Fabula's, where the foreign words do not say it
 */
export function rolePromptFrom(
  { instructions, frame, afterStory }: ForeignPrompt,
  language: Language
): TranslatedPrompt {
  const own = [...(instructions ?? []), ...afterStory]
  const parts = builtInParts(MAIN, languageOf([...own, ...(instructions ? [] : (frame ?? []))]) ?? language)
  const context = jinjaContext([...own, ...(frame ?? [])])
  // A frame that has no place for the words of the file begins with them.
  const framed = frame && [...(asksForSystem(frame) ? [] : [systemPart]), ...frame]
  const ownWords = frame === null || asksForSystem(frame) ? parts.instructions : ''
  context.system = (instructions ? jinjaOf(instructions, context) : ownWords).trim()
  const head = framed ? jinjaOf(framed, context) : context.system
  const tail = jinjaOf(afterStory, context)
  const text = assembled(parts, { head, tail, placed: context.placed })
  if (text.length > LONGEST_TEMPLATE)
    throw faultAt(['content'], `the prompt has more than ${LONGEST_TEMPLATE} characters`)
  return { prompt: { text, madeOf: null }, lost: [...context.lost] }
}

const systemPart: PromptPart = { kind: 'macro', name: 'system', values: [], source: '' }

const asksForSystem = (parts: readonly PromptPart[]): boolean =>
  parts.some(
    (part) =>
      (part.kind === 'macro' && part.name === 'system') ||
      (part.kind === 'if' && asksForSystem([...part.whenTrue, ...part.otherwise]))
  )

function assembled(
  { blocks, story, afterLine }: BuiltInParts,
  { head, tail, placed }: { head: string; tail: string; placed: ReadonlySet<string> }
): string {
  const others = blocks.flatMap(({ text, variables }) =>
    [...variables].some((name) => placed.has(name)) ? [] : [text]
  )
  const told = [head, ...others, story, tail.trim() === '' ? '' : `[${tail.trim()}]`, afterLine]
  const text = told.flatMap((part) => (part.trim() === '' ? [] : [part.trim()])).join('\n\n')
  return `${text.replaceAll(/\n{3,}/g, '\n\n')}\n`
}

/** The language that most letters of the words are of; null where there are too few to tell. */
function languageOf(parts: readonly PromptPart[]): Language | null {
  const text = textIn(parts)
  const count = (letters: RegExp) => text.match(letters)?.length ?? 0
  const [russian, latin] = [count(/\p{Script=Cyrillic}/gu), count(/\p{Script=Latin}/gu)]
  return russian + latin < 40 ? null : russian > latin ? 'ru' : 'en'
}

const textIn = (parts: readonly PromptPart[]): string =>
  parts
    .map((part) => {
      if (part.kind === 'text') return part.text
      return part.kind === 'if' ? textIn([...part.whenTrue, ...part.otherwise]) : ''
    })
    .join(' ')

import type { TemplatePart } from '@contract/routes/templates'
import type { InputValues, TemplateContent } from '@contract/entities/template'
import type { TemplateProblem, TemplateVariable } from '@contract/entities/template-text'
import { FabulaError } from '@contract/errors'
import type { StoryId } from '@contract/ids'
import { reservedNames, rootOf } from '@contract/template-language'
import type { Language, LocalizedText } from '@contract/values'
import type { Stores } from '@main/data/stores'
import type { Prompt } from '@main/prompts/prompt-planner'
import { createPromptWriter } from '@main/prompts/prompt-template'
import { variablesFor } from '@main/prompts/prompt-variables'
import type { Section } from '@main/prompts/section'
import { characters } from '@main/prompts/sections/characters'
import { recentText } from '@main/prompts/sections/history'
import { lore } from '@main/prompts/sections/lore'
import { note } from '@main/prompts/sections/note'
import { persona } from '@main/prompts/sections/persona'
import { places } from '@main/prompts/sections/places'
import { style } from '@main/prompts/sections/style'
import { summary } from '@main/prompts/sections/summary'
import { storyMaterial } from '@main/prompts/story-material'
import type { TemplateEngine } from '@main/prompts/templates/template-engine'
import type { Window } from '@main/settings/context-window'

/** What of a story every template can place, as texts in its own message. */
const sections: readonly Section[] = [persona, characters, places, lore, style, note, summary, recentText].map(
  (section): Section => ({ ...section, variable: { ...section.variable, kind: 'section' } })
)

const ofStory = variablesFor(sections).filter(({ kind }) => kind !== 'speaker')

const SELECTION: TemplateVariable = {
  name: 'selection',
  kind: 'value',
  help: { en: 'The text that is selected in the story.', ru: 'Текст, выделенный в истории.' },
}

/** What every template can use beside its own variables. */
export const storyVariables: readonly TemplateVariable[] = [
  ...ofStory.map(({ name, kind, help }) => ({ name, kind, help })),
  SELECTION,
]

/** Names that a template's own variables cannot have: those of a story, of who speaks, of functions and of the language. */
export const takenNames = reservedNames(storyVariables)

export interface TemplatePrompts {
  /**
   * What a model with this window is sent for values that were checked (`check-inputs.ts`). Throws `template_undefined` and its
   * like, with the part that the mistake stands in.
   */
  write(asked: PromptAsked, window: Window, signal?: AbortSignal): Promise<Prompt>
  /** What is wrong with the texts of a template. */
  check(content: TemplateContent): Promise<PartProblem[]>
  /** The variables that its texts use and that neither it nor a story has; and its own that no text uses. */
  names(content: TemplateContent): { missing: string[]; unused: string[] }
}

export type PartProblem = TemplateProblem & { part: TemplatePart }

export interface PromptAsked {
  content: TemplateContent
  values: InputValues
  storyId: StoryId | null
  /** Of the answer, where no story says it. */
  language: Language
  selection: string
}

/** Between the two texts, which are one template: what the first one sets, the second one can use. */
const BETWEEN = '\n{{ as_user }}\n'

const linesOf = (text: string) => text.split('\n').length

export function createTemplatePrompts(ports: { stores: Stores; templates: TemplateEngine }): TemplatePrompts {
  const { stores, templates } = ports
  const writer = createPromptWriter({ sections, templates })

  return {
    write: async ({ content, values, storyId, language, selection }, window, signal) => {
      const { system, user, lenient } = content
      const material = await storyMaterial(stores, { storyId, language })
      const template = { role: null, text: `${system}${BETWEEN}${user}`, values: { selection, ...values }, lenient }
      try {
        return saidToModel(await writer.write(template, material, window, signal))
      } catch (error) {
        throw withPart(error, system)
      }
    },

    check: async (content) => {
      const known = [...storyVariables, ...ownVariables(content)]
      const of = async (part: TemplatePart): Promise<PartProblem[]> => {
        const problems = await templates.check(content[part], known, content.lenient)
        return problems.map((problem) => ({ ...problem, part }))
      }
      const setBySystem = new Set(templates.namesSetBy(content.system))
      const inUser = (await of('user')).filter(
        ({ kind, name }) => kind !== 'undefined' || !setBySystem.has(name?.split('.', 1)[0] ?? '')
      )
      return [...(await of('system')), ...inUser]
    },

    names: (content) => {
      const setBySystem = new Set(templates.namesSetBy(content.system))
      const used = new Set([content.system, content.user].flatMap((text) => templates.variablesOf(text).map(rootOf)))
      const own = content.variables.map(({ name }) => name)
      return {
        missing: [...used].filter((name) => !takenNames.has(name) && !setBySystem.has(name) && !own.includes(name)),
        unused: own.filter((name) => !used.has(name)),
      }
    },
  }
}

const ownVariables = ({ variables }: TemplateContent): TemplateVariable[] =>
  variables.flatMap(({ name, label, type }) => {
    const help: LocalizedText = { en: label || name, ru: label || name }
    const paths = type === 'file' ? [name, `${name}.name`, `${name}.text`] : [name]
    return paths.map((path) => ({ name: path, kind: 'value' as const, help }))
  })

/** A model answers what is said to it: where a template has no text of the user's, its other one is said as that. */
const saidToModel = (prompt: Prompt): Prompt => ({
  ...prompt,
  messages: () => {
    const messages = prompt.messages()
    return messages.some(({ role }) => role === 'user')
      ? messages
      : messages.map(({ content }) => ({ role: 'user' as const, content }))
  },
})

/** A mistake with its place in the text that has it. */
function withPart(error: unknown, system: string): unknown {
  if (!(error instanceof FabulaError) || typeof error.details['line'] !== 'number') return error
  const { line } = error.details
  const before = linesOf(system)
  const isSystem = line <= before
  const details = { ...error.details, part: isSystem ? 'system' : 'user', line: isSystem ? line : line - before - 1 }
  return new FabulaError(error.code, error.message, { details, cause: error })
}

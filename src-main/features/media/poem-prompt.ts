import type { MediaRequest } from '@contract/entities/media'
import { FabulaError, ProviderError } from '@contract/errors'
import type { MessageId, StageId } from '@contract/ids'
import type { JsonObject, Language } from '@contract/values'
import type { Stores } from '@main/data/stores'
import { builtInTemplate } from '@main/prompts/built-in-templates'
import type { Prompt } from '@main/prompts/prompt-planner'
import { createPromptWriter } from '@main/prompts/prompt-template'
import type { Section } from '@main/prompts/section'
import { characters } from '@main/prompts/sections/characters'
import { recentText } from '@main/prompts/sections/history'
import { persona } from '@main/prompts/sections/persona'
import { places } from '@main/prompts/sections/places'
import { style } from '@main/prompts/sections/style'
import { summary } from '@main/prompts/sections/summary'
import { storyMaterial } from '@main/prompts/story-material'
import type { TemplateEngine } from '@main/prompts/templates/template-engine'
import type { CallPlan } from '@main/routing/call-plan'
import { windowOf, type Window } from '@main/settings/context-window'
import { languageOf } from '@main/speech/language-of'

/** Tokens of passages before the one that a poem is made of: they set the mood, and are not what it is about. */
const TOKENS_BEFORE = 700

const sections: readonly Section[] = [persona, characters, places, style, summary, recentText].map(
  (section): Section => ({ ...section, variable: { ...section.variable, kind: 'section' } })
)

/** What a poem is made of: the text, and the place in a story that it stands in. */
export type PoemAsked = Pick<MediaRequest, 'stage' | 'storyId' | 'messageId' | 'text'>

/** The model that is to write a poem. */
export interface Poet {
  provider: string
  model: string
  window: Window
  /** Tokens that it reads at once; null where nobody knows. */
  limit: number | null
}

export const poetOf = ({ provider, model, facts, settings }: CallPlan): Poet => ({
  provider: provider.name,
  model,
  window: windowOf(settings.samplers, facts),
  limit: facts?.contextLength ?? null,
})

/** Writes what a model is told that is to write a poem, for its window. Throws `provider_context_exceeded` for a text that is too long. */
export type PoemPrompts = (asked: PoemAsked, settings: JsonObject, poet: Poet, signal?: AbortSignal) => Promise<Prompt>

export function createPoemPrompts(ports: { stores: Stores; engine: TemplateEngine }): PoemPrompts {
  const { stores } = ports
  const writer = createPromptWriter({ sections, templates: ports.engine })

  /** The passage before: the poem's own is not told twice. */
  const endFor = (messageId: MessageId | null) =>
    messageId === null ? {} : { end: stores.messages.get(messageId)?.parentId ?? null }

  return async ({ stage, storyId, messageId, text }, settings, poet, signal) => {
    const language = poemLanguage(settings, text)
    const material = await storyMaterial(stores, { storyId, language, ...endFor(messageId) })
    const values = { form: 'quatrains', metre: 'any', lines: 0, wishes: '', ...settings, text }
    const template = { role: null, text: templateOf(stage, language), values }
    const { window, limit } = poet
    const prompt = await writer.write(template, { ...material, recentText: TOKENS_BEFORE }, window, signal)
    if (limit !== null && prompt.tokens + window.answer > window.total) throw tooLong(poet, limit)
    return prompt
  }
}

/** The language of a poem: as it is set, else that of the text that it is made of. */
function poemLanguage({ language }: JsonObject, text: string): Language {
  return language === 'en' || language === 'ru' ? language : languageOf(text)
}

function templateOf(stage: StageId, language: Language): string {
  const template = builtInTemplate(stage, language)
  if (!template) throw new Error(`Nobody is told anything at the stage ${stage}`)
  return template.text
}

const tooLong = ({ provider, model }: Poet, limit: number) =>
  new FabulaError(ProviderError.ContextExceeded, `The text does not fit into the window of ${model}`, {
    details: { provider, model, limit },
  })

import { TOKENS_PER_MESSAGE } from '@main/platform/token-estimate'
import type { LocalizedText } from '@contract/values'
import type { PromptMaterial, Section, SectionContent } from './section'
import { wholeMessages } from './whole-messages'

/** The Director's plan for the passage. */
export const PLAN = 'plan'
/** The Writer's draft, for the roles that check it or write it anew. */
export const DRAFT = 'draft'
/** A passage that was turned down, and what is wrong with it, for the model that writes it again. */
export const REJECTED = 'rejected'
export const REMARKS = 'remarks'
/** Parts of earlier passages that a model is to retell, and how many words that may take. */
export const FOUND = 'found'
export const WORDS = 'words'
/** Passages that the Summarizer is to retell; or summaries of them, of which it is to make one. */
export const PASSAGES = 'passages'
export const SUMMARIES = 'summaries'
/** An answer that could not be read, and what is wrong with it, for the model that gave it. */
export const UNREADABLE = 'unreadable'
export const PROBLEM = 'problem'

/** What an earlier step left under a name. A note that a step has yet to leave takes room and says nothing. */
export function noteContent({ notes }: Pick<PromptMaterial, 'notes'>, name: string): SectionContent | null {
  const left = notes.get(name)
  if (!left) return null
  if ('text' in left) return left.text === '' ? null : wholeMessages([{ role: 'user', content: left.text }])
  const tokens = left.tokens + TOKENS_PER_MESSAGE
  return { fit: () => ({ tokens, leftOut: () => 0, messages: () => [] }) }
}

/** A note as a part of prompts, which templates place by the name of the note. */
export const noteSection = (note: string, name: LocalizedText, help: LocalizedText): Section => ({
  id: note,
  name,
  variable: { name: note, kind: 'section', help },
  priority: 0,
  minimum: 'all',
  elasticity: 0,
  content: (material) => noteContent(material, note),
})

/** The notes that built-in steps leave. */
export const noteSections: readonly Section[] = [
  noteSection(PLAN, { en: 'Plan', ru: 'Замысел' }, { en: 'The Director’s plan.', ru: 'Замысел Режиссёра.' }),
  noteSection(DRAFT, { en: 'Draft', ru: 'Черновик' }, { en: 'The Writer’s draft.', ru: 'Черновик Автора.' }),
  noteSection(
    REJECTED,
    { en: 'Turned down', ru: 'Отклонённое' },
    {
      en: 'The passage that was turned down and is to be written again.',
      ru: 'Отклонённый отрывок, который нужно написать заново.',
    }
  ),
  noteSection(
    REMARKS,
    { en: 'What to mend', ru: 'Что исправить' },
    { en: 'What is wrong with the passage that was turned down.', ru: 'Что не так в отклонённом отрывке.' }
  ),
  noteSection(
    FOUND,
    { en: 'To retell', ru: 'Пересказать' },
    {
      en: 'Parts of earlier passages that Memory is to retell.',
      ru: 'Куски прежних отрывков, которые Памяти нужно пересказать.',
    }
  ),
  noteSection(
    WORDS,
    { en: 'How long', ru: 'Объём' },
    { en: 'How many words that may take.', ru: 'Сколько слов это может занять.' }
  ),
  noteSection(
    PASSAGES,
    { en: 'Passages to retell', ru: 'Отрывки для пересказа' },
    {
      en: 'The passages that the Summarizer is to retell; empty where it joins summaries.',
      ru: 'Отрывки, которые Летописцу нужно пересказать; пусто, когда он сводит пересказы вместе.',
    }
  ),
  noteSection(
    SUMMARIES,
    { en: 'Summaries to join', ru: 'Пересказы, которые сводятся' },
    {
      en: 'The summaries of which the Summarizer is to make one; empty where it retells passages.',
      ru: 'Пересказы, из которых Летописцу нужно сделать один; пусто, когда он пересказывает отрывки.',
    }
  ),
  noteSection(
    UNREADABLE,
    { en: 'Unreadable answer', ru: 'Непонятый ответ' },
    {
      en: 'The role’s own answer, where it did not have the form that was asked for.',
      ru: 'Собственный ответ роли, если он пришёл не в том виде, о каком просили.',
    }
  ),
  noteSection(
    PROBLEM,
    { en: 'What is wrong with it', ru: 'Что в нём не так' },
    { en: 'What is wrong with that answer.', ru: 'Что не так с этим ответом.' }
  ),
]

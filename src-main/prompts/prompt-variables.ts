import type { TemplateVariable } from '@contract/entities/template-text'
import type { templateSpeakers } from '@contract/template-language'
import type { LocalizedText } from '@contract/values'
import type { Speaker } from './prompt-piece'
import type { Section } from './section'
import { sections } from './section-registry'

/** A variable of prompt templates. */
export interface PromptVariable extends TemplateVariable {
  /** What stands in its place. */
  section?: Section
  /** Who says the words that follow. */
  speaker?: Speaker
}

const value = (name: string, help: LocalizedText): PromptVariable => ({ name, kind: 'value', help })
const speaker = (name: (typeof templateSpeakers)[number], role: Speaker, help: LocalizedText): PromptVariable => ({
  name,
  kind: 'speaker',
  speaker: role,
  help,
})

/** What every prompt can use of these sections, in the order in which an editor offers it. */
export const variablesFor = (placed: readonly Section[]): readonly PromptVariable[] => [
  value('story.title', { en: 'The title of the story.', ru: 'Название истории.' }),
  value('story.language', { en: 'The language of the story: en or ru.', ru: 'Язык истории: en или ru.' }),
  value('language', {
    en: 'The language of the story by its English name: English, Russian.',
    ru: 'Язык истории по-английски: English, Russian.',
  }),
  value('persona_name', {
    en: 'The name of whom the writer plays; “the main character” where the story has no persona.',
    ru: 'Имя того, кого играет писатель; «главный герой», если у истории нет персоны.',
  }),
  value('character_names', {
    en: 'The names of the characters in the scene; “the other characters” where nobody is there.',
    ru: 'Имена персонажей сцены; «другие персонажи», если никого нет.',
  }),
  ...placed.map((section): PromptVariable => ({ ...section.variable, section })),
  speaker('as_system', 'system', {
    en: 'From here on: instructions (the system message).',
    ru: 'Дальше — указания модели (системное сообщение).',
  }),
  speaker('as_user', 'user', {
    en: 'From here on: said to the model as by the writer.',
    ru: 'Дальше — слова, обращённые к модели от лица писателя.',
  }),
  speaker('as_assistant', 'assistant', {
    en: 'From here on: as if the model had said it.',
    ru: 'Дальше — слова как бы самой модели.',
  }),
]

/** What the prompt of every role can use. */
export const promptVariables = variablesFor(sections)

import type { TemplateVariable } from '@contract/entities/template'
import type { LocalizedText } from '@contract/values'
import { noteSection } from './note-section'
import type { Speaker } from './prompt-piece'
import type { Section } from './section'

/** A variable of prompt templates. */
export interface PromptVariable extends TemplateVariable {
  /** The section that stands in its place. */
  section?: string
  /** What an earlier step left under the same name stands in its place. */
  note?: Section
  /** Who says the words that follow. */
  speaker?: Speaker
}

const value = (name: string, help: LocalizedText): PromptVariable => ({ name, kind: 'value', help })
const section = (name: string, id: string, help: LocalizedText): PromptVariable => ({
  name,
  kind: 'section',
  section: id,
  help,
})
/** @param part what it is called among the parts of a prompt */
const note = (name: string, part: LocalizedText, help: LocalizedText): PromptVariable => ({
  name,
  kind: 'section',
  note: noteSection(name, part),
  help,
})
const messages = (name: string, id: string, help: LocalizedText): PromptVariable => ({
  ...section(name, id, help),
  kind: 'messages',
})
const speaker = (name: string, role: Speaker, help: LocalizedText): PromptVariable => ({
  name,
  kind: 'speaker',
  speaker: role,
  help,
})

/** What the prompt of every role can use, in the order in which an editor offers it. */
export const promptVariables: readonly PromptVariable[] = [
  value('story.title', { en: 'The title of the story.', ru: 'Название истории.' }),
  value('story.language', { en: 'The language of the story: en or ru.', ru: 'Язык истории: en или ru.' }),
  value('language', {
    en: 'The language of the story by its English name: English, Russian.',
    ru: 'Язык истории по-английски: English, Russian.',
  }),
  section('persona', 'persona', {
    en: 'Who the writer plays.',
    ru: 'Кого играет писатель.',
  }),
  section('characters', 'characters', {
    en: 'The characters in the scene, with their voices.',
    ru: 'Персонажи сцены и то, как они говорят.',
  }),
  section('places', 'places', { en: 'Where the scene is.', ru: 'Места, где идёт сцена.' }),
  section('lore', 'lore', {
    en: 'The lore that the last passages touch.',
    ru: 'Записи лора, которых касаются последние отрывки.',
  }),
  section('style', 'style', { en: 'The style guide of the world.', ru: 'Указания о стиле.' }),
  messages('note', 'note', {
    en: 'The author’s note, as a message of its own: its depth says how many passages stand after it.',
    ru: 'Заметка автора — отдельным сообщением: её глубина говорит, сколько отрывков стоит после неё.',
  }),
  messages('lore_in_text', 'loreInText', {
    en: 'Lore that stands among the passages or beside the author’s note, as messages of its own.',
    ru: 'Записи лора, которые стоят среди отрывков или рядом с заметкой автора, — отдельными сообщениями.',
  }),
  section('summary', 'summary', {
    en: 'The story so far in short: what the recent text no longer shows.',
    ru: 'Краткое изложение: то, чего уже нет в последнем тексте.',
  }),
  section('memory', 'recalled', {
    en: 'Earlier passages that Memory has found again.',
    ru: 'Прежние отрывки, которые нашла Память.',
  }),
  messages('recent_text', 'history', {
    en: 'The newest passages, as many as fit, as messages of their own.',
    ru: 'Последние отрывки, сколько поместится, — отдельными сообщениями.',
  }),
  messages('line', 'line', {
    en: 'Your line that the passage answers, as a message of its own.',
    ru: 'Ваша реплика, на которую отвечает отрывок, — отдельным сообщением.',
  }),
  messages('opening', 'opening', {
    en: 'The beginning of a passage that broke off, as a message of its own.',
    ru: 'Начало оборванного отрывка — отдельным сообщением.',
  }),
  note('plan', { en: 'Plan', ru: 'Замысел' }, { en: 'The Director’s plan.', ru: 'Замысел Режиссёра.' }),
  note('draft', { en: 'Draft', ru: 'Черновик' }, { en: 'The Writer’s draft.', ru: 'Черновик Автора.' }),
  section('canon', 'canon', {
    en: 'What is settled, in numbered pieces, for the Guard.',
    ru: 'Установленное, по пунктам, — для Стража.',
  }),
  note(
    'rejected',
    { en: 'Turned down', ru: 'Отклонённое' },
    {
      en: 'The passage that was turned down and is to be written again.',
      ru: 'Отклонённый отрывок, который нужно написать заново.',
    }
  ),
  note(
    'remarks',
    { en: 'What to mend', ru: 'Что исправить' },
    {
      en: 'What is wrong with the passage that was turned down.',
      ru: 'Что не так в отклонённом отрывке.',
    }
  ),
  note(
    'found',
    { en: 'To retell', ru: 'Пересказать' },
    {
      en: 'Parts of earlier passages that Memory is to retell.',
      ru: 'Куски прежних отрывков, которые Памяти нужно пересказать.',
    }
  ),
  note(
    'words',
    { en: 'How long', ru: 'Объём' },
    { en: 'How many words that may take.', ru: 'Сколько слов это может занять.' }
  ),
  note(
    'unreadable',
    { en: 'Unreadable answer', ru: 'Непонятый ответ' },
    {
      en: 'The role’s own answer, where it did not have the form that was asked for.',
      ru: 'Собственный ответ роли, если он пришёл не в том виде, о каком просили.',
    }
  ),
  note(
    'problem',
    { en: 'What is wrong with it', ru: 'Что в нём не так' },
    { en: 'What is wrong with that answer.', ru: 'Что не так с этим ответом.' }
  ),
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

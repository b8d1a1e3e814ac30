import { describe, expect, it } from 'vitest'
import type { TextMessage } from '@main/providers/spec/chat'
import { askDemo, assistant, sentencesOf, system, user } from './ask-demo'
import { goingOn } from './prompt-words'

const openings = {
  en: [
    'I climb the stairs of the lighthouse.',
    'We sit in the night train.',
    'A dragon lands on the village.',
    'Ada opens the book.',
    'We meet in the garden.',
    'I walk on.',
  ],
  ru: [
    'Я поднимаюсь на маяк.',
    'Мы сидим в купе поезда.',
    'В деревню прилетел дракон.',
    'Ада открыла книгу.',
    'Мы встретились в саду.',
    'Иду дальше.',
  ],
}
const lines = {
  en: [
    'I look.',
    'Who is there?',
    'I open the door.',
    'Mira takes the lamp.',
    'I wait.',
    '“Stay,” I say.',
    'I run.',
    '',
    'Hm.',
  ],
  ru: [
    'Смотрю.',
    'Кто там?',
    'Открываю дверь.',
    'Мира взяла лампу.',
    'Жду.',
    '— Останься, — говорю я.',
    'Бегу.',
    '',
    'Хм.',
  ],
}
const goOn = { en: goingOn('en'), ru: goingOn('ru') }
const stories = (['en', 'ru'] as const).flatMap((language) =>
  openings[language].map((opening): ['en' | 'ru', string] => [language, opening])
)

const tell = async (language: 'en' | 'ru', opening: string, temperature: number): Promise<string[]> => {
  const messages: TextMessage[] = [system(language)]
  const passages: string[] = []
  for (const line of [opening, ...lines[language]]) {
    messages.push(user(line === '' ? goOn[language] : line))
    const { text } = await askDemo(messages, { temperature })
    messages.push(assistant(text))
    passages.push(text)
  }
  return passages
}

describe('a story told by the Demo', () => {
  it.each(stories)('has ten turns without a repeated sentence (%s: %s)', async (language, opening) => {
    for (const temperature of [0, 0.8, 2]) {
      const sentences = (await tell(language, opening, temperature)).flatMap(sentencesOf)
      // Replies of one or two words may come again.
      const telling = sentences.filter((sentence) => sentence.split(' ').length > 2)
      expect(telling.filter((sentence, at) => telling.indexOf(sentence) !== at)).toEqual([])
    }
  })

  it.each(stories)('has passages of whole paragraphs (%s: %s)', async (language, opening) => {
    for (const passage of await tell(language, opening, 1)) {
      const paragraphs = passage.split('\n\n')
      expect(paragraphs.length).toBeGreaterThanOrEqual(2)
      // Four, of which a dialogue may take more than one.
      expect(paragraphs.length).toBeLessThanOrEqual(7)
      // Speech in Russian begins a paragraph.
      expect(passage).not.toMatch(/^[^—\n]*[.!?…] — \p{Lu}/mu)
      for (const paragraph of paragraphs) {
        expect(paragraph).toMatch(/^[\p{Lu}“«—].*[.!?…]["”»]?$/u)
      }
      expect(passage).not.toMatch(/[{}<>|]| {2}| [,.;:!?]/)
    }
  })

  it('stays where it began, even when its beginning no longer fits the context', async () => {
    const first = await askDemo([system('en'), user('We sit in the night train.')])
    const trimmed = [system('en'), assistant(first.text), user('I look at the sea.')]
    const { text } = await askDemo(trimmed, { temperature: 0 })
    expect(text).toContain('wheels')
  })

  it('answers in the script of the writer’s last line', async () => {
    const russian = await askDemo([system('en'), user('Открываю дверь.')])
    const english = await askDemo([system('ru'), user('I open the door.')])
    const silent = await askDemo([system('ru'), user('…')])
    expect(russian.text).not.toMatch(/[a-z]/i)
    expect(english.text).not.toMatch(/[а-я]/i)
    expect(silent.text).not.toMatch(/[a-z]/i)
  })

  it('takes up a name and a thing from the line', async () => {
    const passages = await Promise.all(
      Array.from({ length: 12 }, (_, seed) => askDemo([system('ru'), user('Мира взяла скрипку.')], { seed }))
    )
    const text = passages.map((passage) => passage.text).join('\n')
    expect(text).toContain('Мира')
    expect(text).toMatch(/скрипк[аи]/)
    // Only the nominative is surely right.
    const declined = await askDemo([system('ru'), user('Зову Миру.')], { temperature: 0 })
    expect(declined.text).not.toContain('Миру')
  })

  it('takes no note in brackets for the writer’s words', async () => {
    const { text } = await askDemo([system('en'), user('[Mira opens the violin case. Continue.]')], { temperature: 2 })
    expect(text).not.toMatch(/Mira|violin/)
  })

  it('writes verse as the poet', async () => {
    const { text } = await askDemo([system('en'), user('I look at the sea.')], {}, { model: 'demo-poet' })
    const rows = text.split('\n').filter((row) => row !== '')
    expect(rows.length).toBeGreaterThan(4)
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThan(110)
  })
})

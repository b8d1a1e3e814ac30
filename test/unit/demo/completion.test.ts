import { describe, expect, it } from 'vitest'
import { askDemo, assistant, system, user } from './ask-demo'
import { completing } from './prompt-words'

const complete = { en: completing('en'), ru: completing('ru') }

describe('a passage that breaks off', () => {
  it.each([
    ['en', 'I climb the lighthouse and open the door.'],
    ['ru', 'Поднимаюсь на маяк и открываю дверь.'],
  ] as const)('is completed with what was about to be said (%s)', async (language, line) => {
    const start = [system(language), user(line)]
    const whole = (await askDemo(start)).text
    for (const tokens of [4, 9, 17, 30, 41, 55]) {
      const cut = (await askDemo(start, { max_tokens: tokens })).text
      if (/[.!?…]["”»]?$/.test(cut)) continue
      const { text } = await askDemo([...start, assistant(cut), user(complete[language])])
      const joined = cut + text
      const sentence = whole.slice(0, whole.slice(cut.length).search(/[.!?…]/) + cut.length + 1)
      // The same sentence, perhaps with a shorter or longer turn of phrase; never a new one stuck to half a one.
      expect(joined.slice(0, cut.length + 3)).toBe(sentence.slice(0, cut.length + 3))
    }
  })

  it.each([
    ['The otter looked at the', /^ one thing/],
    ['The otter looked up', /^, and/],
    ['The otter looked up, ', /^and/],
    ['“I never,” said the otter. “I', /^…”/],
    ['Выдра шла к', /^ тому/],
    ['Выдра посмотрела вверх', /^, и/],
  ])('of another model is brought to an end that fits: %s', async (unfinished, expected) => {
    const language = /[а-я]/.test(unfinished) ? 'ru' : 'en'
    const { text } = await askDemo([system(language), user('…'), assistant(unfinished), user(complete[language])])
    expect(text).toMatch(expected)
  })

  it('goes on from a last message that is the story’s own', async () => {
    const { text } = await askDemo([system('en'), user('I look.'), assistant('The otter looked up')])
    expect(text).toMatch(/^, and/)
  })

  it('is left as it is when the writer sends a new line', async () => {
    const { text } = await askDemo([system('en'), user('I look.'), assistant('The otter looked up'), user('I run.')])
    expect(text).toMatch(/^[A-Z“]/)
  })
})

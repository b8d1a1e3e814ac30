import { describe, expect, it } from 'vitest'
import { askDemo, assistant, sentencesOf, system, user } from './ask-demo'
import { rewriting } from './prompt-words'

const rewrite = (language: 'en' | 'ru', draft: string) => askDemo([system(language), user(rewriting(language, draft))])

describe('rewriting a draft', () => {
  it.each([
    ['en', 'I climb the lighthouse.'],
    ['ru', 'Поднимаюсь на маяк.'],
  ] as const)('keeps every sentence in order and adds to them (%s)', async (language, line) => {
    const draft = (await askDemo([system(language), user(line)])).text
    const { text } = await rewrite(language, draft)
    const kept = sentencesOf(text).filter((sentence) => sentencesOf(draft).includes(sentence))
    expect(kept).toEqual(sentencesOf(draft))
    // An opening before it and a cadence, of one or two sentences, within.
    expect(sentencesOf(text).length).toBeGreaterThanOrEqual(sentencesOf(draft).length + 2)
    expect(text.startsWith(draft.slice(0, 20))).toBe(false)
  })

  it('keeps a draft that others wrote, word for word', async () => {
    const draft = 'The otter said: “No.”\n\nThen it ate the $1 map, and $& too.'
    const { text } = await askDemo([user(`<draft>\n${draft}\n</draft>`)])
    for (const paragraph of draft.split('\n\n')) expect(text).toContain(paragraph)
  })

  it('leaves both ends open where the draft is a piece of a sentence', async () => {
    const { text } = await askDemo([user('<draft>\n and the lamp went out. Nobody spoke. Then the\n</draft>')])
    expect(text).toBe(' and the lamp went out. Nobody spoke. Then the')
  })

  it('polishes ten passages in a row without saying the same twice', async () => {
    const messages = [system('en')]
    const sentences: string[] = []
    for (let turn = 0; turn < 10; turn += 1) {
      messages.push(user(`I walk on, for the ${turn}. time.`))
      const draft = (await askDemo(messages)).text
      const { text } = await askDemo([...messages, user(rewriting('en', draft))])
      messages.push(assistant(text))
      sentences.push(...sentencesOf(text).filter((sentence) => sentence.split(' ').length > 2))
    }
    expect(sentences.filter((sentence, at) => sentences.indexOf(sentence) !== at)).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { verdictSchema } from '@main/features/turns/steps/guard-answer'
import { askDemo, assistant, system, user } from './ask-demo'
import { summarizing } from './prompt-words'

const canon = '[W1 · The lamp]\nThe lamp is not lit. Anna keeps it.\n\n[P1]\nI open the door, and the dog is asleep.'
const check = async (draft: string, told = canon): Promise<unknown> => {
  const asked = user(`The canon:\n\n${told}\n\nThe draft.\n\n<draft>\n${draft}\n</draft>`)
  return JSON.parse(
    (await askDemo([system('en'), asked], {}, { responseFormat: { type: 'schema', schema: verdictSchema } })).text
  )
}

describe('the Demo as Guard', () => {
  it('passes a draft that it cannot say anything against, however much is in it', async () => {
    const passes = { verdict: 'passes', contradictions: [] }
    expect(await check('The lamp is lit by Anna. The cat is not asleep.')).toEqual(passes)
    expect(await check('The lamp is not lit. Anna keeps it.')).toEqual(passes)
    expect(await check('The lamp isn’t lit.')).toEqual(passes)
  })

  it('finds the very opposite of a sentence, and quotes both with the label of the canon', async () => {
    expect(await check('She looks up. The lamp is lit. Nobody speaks.')).toEqual({
      verdict: 'contradicts',
      contradictions: [
        {
          quote: 'The lamp is lit.',
          source: 'W1',
          canon: 'The lamp is not lit.',
          why: 'The draft says the very opposite; it should keep to what has been told.',
          severity: 'high',
        },
      ],
    })
    expect(await check('Хозяйка не помнит огня.', '[C1 · Анна]\nХозяйка помнит огня.')).toMatchObject({
      verdict: 'contradicts',
      contradictions: [{ quote: 'Хозяйка не помнит огня.', source: 'C1', why: expect.stringMatching(/обратное/) }],
    })
  })
})

describe('the Demo as Memory', () => {
  const responseSchema = {
    type: 'object',
    properties: { queries: { type: 'array', items: { type: 'string' } } },
    required: ['queries'],
    additionalProperties: false,
  }

  it('looks for the writer’s line and for what was told last, in their own words', async () => {
    const asked = [
      system('en'),
      assistant('It is dark. Marta hides the astrolabe.'),
      user('I ask Marta.\n\n[Say what.]'),
    ]
    const { text } = await askDemo(asked, {}, { responseFormat: { type: 'schema', schema: responseSchema } })
    expect(JSON.parse(text)).toEqual({ queries: ['I ask Marta.', 'Marta hides the astrolabe.'] })
  })
})

describe('the Demo as Summarizer', () => {
  it.each(['en', 'ru'] as const)(
    'retells with sentences of what it was given, and invents nothing: %s',
    async (language) => {
      const text = 'Marta hid it. Then she slept.\n\nThe keeper died. Nobody wept.'
      for (const words of summarizing(language, text)) {
        const asked = [system('en'), user(words)]
        expect((await askDemo(asked)).text).toBe('Marta hid it. The keeper died.')
      }
    }
  )
})

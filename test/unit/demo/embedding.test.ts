import { describe, expect, it } from 'vitest'
import { demoProtocol } from '@main/providers/protocols/demo/demo-protocol'
import { connection } from './ask-demo'

const embed = async (...texts: string[]) => {
  const signal = new AbortController().signal
  const answer = await demoProtocol.embed?.(connection, { model: 'demo-embedder', texts, parameters: {}, signal })
  return answer?.vectors ?? []
}

const similarity = (left: number[] = [], right: number[] = []) =>
  left.reduce((sum, value, at) => sum + value * (right[at] ?? 0), 0)

describe('embeddings', () => {
  it('have length 1 and 256 dimensions, for any text', async () => {
    for (const vector of await embed('The lamp turned.', '', '…', 'Маяк')) {
      expect(vector).toHaveLength(256)
      expect(Math.hypot(...vector)).toBeCloseTo(1, 10)
    }
  })

  it.each([
    [
      'The keeper lit the lamp of the lighthouse.',
      'In the lighthouse a lamp was lit by its keeper.',
      'Two goats ate bread in the village square.',
    ],
    ['Смотритель зажёг лампу на маяке.', 'На маяке смотрителем зажжена лампа.', 'Две козы ели хлеб на площади.'],
  ])('bring similar texts nearer than others: %s', async (text, similar, other) => {
    const [a, b, c] = await embed(text, similar, other)
    expect(similarity(a, b)).toBeGreaterThan(similarity(a, c) + 0.2)
  })

  it('are the same for the same text', async () => {
    const [first, second] = await embed('The same words', 'The same words')
    expect(first).toEqual(second)
  })
})

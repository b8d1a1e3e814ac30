import { describe, expect, it } from 'vitest'
import { askDemo, system, user } from './ask-demo'

const messages = [system('en'), user('I climb the stairs of the lighthouse and open the door.')]
const seeds = Array.from({ length: 12 }, (_, seed) => seed)

const textsAt = async (temperature: number, more = {}) =>
  await Promise.all(seeds.map(async (seed) => (await askDemo(messages, { temperature, seed, ...more })).text))

const distinctWords = (texts: string[]) =>
  new Set(
    texts
      .join(' ')
      .toLowerCase()
      .match(/\p{L}+/gu)
  ).size

describe('sampling', () => {
  it('gives the same words for the same request', async () => {
    const request = { seed: 7, temperature: 1.3 }
    expect((await askDemo(messages, request)).text).toBe((await askDemo(messages, request)).text)
  })

  it('gives other words for another seed', async () => {
    expect(new Set(await textsAt(1)).size).toBeGreaterThan(seeds.length / 2)
  })

  it('gives other words for another line', async () => {
    const other = await askDemo([system('en'), user('I climb the stairs of the lighthouse and wait.')])
    expect(other.text).not.toBe((await askDemo(messages)).text)
  })

  it('takes the plainest words at temperature 0, whatever the seed', async () => {
    expect(new Set(await textsAt(0)).size).toBe(1)
  })

  it('uses more different words the higher the temperature', async () => {
    const [none, low, high] = [
      distinctWords(await textsAt(0)),
      distinctWords(await textsAt(0.3)),
      distinctWords(await textsAt(2)),
    ]
    expect(low).toBeGreaterThan(none)
    expect(high).toBeGreaterThan(low)
  })

  it('narrows the choice with top_p', async () => {
    const narrow = distinctWords(await textsAt(2, { top_p: 0.2 }))
    expect(narrow).toBeLessThan(distinctWords(await textsAt(2)))
  })
})

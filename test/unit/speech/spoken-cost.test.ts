import { expect, it } from 'vitest'
import { spokenCost } from '@main/speech/spoken-cost'

const text = 'x'.repeat(1450)
const paid = (unit: 'piece' | 'second' | 'millionCharacters', speed = 1) =>
  spokenCost(text, { local: false, price: { unit, dollars: 2 }, settings: { speed } })

it('is what the list of the provider says for a request, for its characters, or for as long as it is said', () => {
  expect(paid('piece')).toBe(2)
  expect(paid('millionCharacters')).toBeCloseTo(0.0029)
  expect(paid('second')).toBeCloseTo(200)
  expect(paid('second', 2)).toBeCloseTo(100)
})

it('is nothing on this computer, and not known without a price', () => {
  expect(spokenCost(text, { local: true, price: { unit: 'piece', dollars: 2 }, settings: {} })).toBe(0)
  expect(spokenCost(text, { local: false, price: null, settings: {} })).toBeNull()
})

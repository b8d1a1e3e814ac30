import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planPrompt } from '@main/prompts/prompt-planner'
import type { Section } from '@main/prompts/section'
import { sections } from '@main/prompts/section-registry'
import { asMessages, emptyMaterial, testSection, type Sharing } from '@test/helpers/prompt-material'

/** A section that has `size` tokens to say and can say any part of them. */
const section = (id: string, size: number, sharing: Sharing): Section =>
  testSection(id, sharing, () => ({
    fit: (room) => {
      const tokens = Math.min(size, room)
      return { tokens, leftOut: () => size - tokens, messages: () => [{ role: 'user', content: `${id} ${tokens}` }] }
    },
  }))
const all = { priority: 0, minimum: 'all', elasticity: 0 } as const
const plan = (list: Section[], total: number) => planPrompt(asMessages(list), emptyMaterial, { total, answer: 100 })
const tokens = (list: Section[], total: number) =>
  plan(list, total)
    .parts()
    .map((part) => part.tokens)

describe('the sections of a prompt', () => {
  it('stand in the order of the template, whatever their priority', () => {
    const prompt = plan(
      [section('late', 5, { priority: 9, minimum: 0, elasticity: 1 }), section('first', 5, all)],
      1000
    )
    expect(prompt.parts().map((part) => part.section.id)).toEqual(['late', 'first'])
    expect(prompt.messages()).toEqual([{ role: 'user', content: 'late 5\n\nfirst 5' }])
  })

  it('that must be there are, also in a window that is too small for them', () => {
    const list = [section('line', 900, all), section('history', 500, { priority: 9, minimum: 50, elasticity: 1 })]
    expect(tokens(list, 500)).toEqual([900, 0])
  })

  it('get their minimum before others get more', () => {
    const history = section('history', 10_000, { priority: 1, minimum: 0, elasticity: 1 })
    const lore = section('lore', 300, { priority: 2, minimum: 200, elasticity: 0.5 })
    expect(tokens([history, lore], 1100)).toEqual([800, 200])
  })

  it('take no more than their share while others want the rest', () => {
    const lore = section('lore', 10_000, { priority: 1, minimum: 100, elasticity: 0.25 })
    const history = section('history', 10_000, { priority: 2, minimum: 0, elasticity: 1 })
    expect(tokens([lore, history], 1100)).toEqual([100 + 900 / 4, 900 - 900 / 4])
  })

  it('take what others leave', () => {
    const lore = section('lore', 10_000, { priority: 1, minimum: 100, elasticity: 0.25 })
    const history = section('history', 50, { priority: 2, minimum: 0, elasticity: 1 })
    expect(tokens([lore, history], 1100)).toEqual([950, 50])
  })

  it('that have nothing to say are not there', () => {
    const silent: Section = { ...section('silent', 5, all), content: () => null }
    expect(plan([silent], 1000).parts()).toEqual([])
  })

  it('never take more than there is, and leave no room that one of them wants', () => {
    const sharing = fc.record({
      priority: fc.nat(5),
      minimum: fc.nat(500),
      elasticity: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3000), sharing), { maxLength: 6 }), fc.nat(5000), (list, total) => {
        const made = list.map(([size, how], index) => section(String(index), size, how))
        const taken = tokens(made, total)
        const room = Math.max(0, total - 100)
        const sum = taken.reduce((one, other) => one + other, 0)
        expect(sum).toBeLessThanOrEqual(room)
        const isWanted = list.some(([size, how], index) => how.elasticity > 0 && (taken[index] ?? 0) < size)
        expect(isWanted ? sum : room).toBe(room)
      })
    )
  })
})

it('the registry of sections has each of them, and each of their variables, only once', () => {
  expect(new Set(sections.map(({ id }) => id)).size).toBe(sections.length)
  expect(new Set(sections.map(({ variable }) => variable.name)).size).toBe(sections.length)
})

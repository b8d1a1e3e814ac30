import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LoreFields } from '@contract/entities/world'
import { lore, names, sleeping, wake, world } from './lore-stage'

const w = world()
const woken = async (fields: Partial<LoreFields>, ...texts: string[]) =>
  names(await wake([w], [lore(w, 'It', fields)], texts))

describe('a key of lore', () => {
  it.each<[string, Partial<LoreFields>, string, boolean]>([
    ['in another case', { keys: ['хозяйка'] }, 'Она увидела хозяйку.', true],
    ['in another form that was switched off', { keys: ['хозяйка'], wordForms: false }, 'Увидела хозяйку.', false],
    ['with ё', { keys: ['костёр'] }, 'У костра сидели двое.', true],
    ['whose end looks like an ending', { keys: ['прилив'] }, 'Ждали прилива.', true],
    ['with a vowel that comes and goes', { keys: ['сестра'] }, 'Пришли обе сестёр.', true],
    ['of several words', { keys: ['ключевая хозяйка'] }, 'Позвали ключевую хозяйку.', true],
    ['of several words that stand apart', { keys: ['old keeper'] }, 'The old grey keeper.', false],
    ['as a part of a word', { keys: ['art'] }, 'It had started.', false],
    ['as a part of a word that may be one', { keys: ['art'], wholeWords: false }, 'It had started.', true],
    ['in other capitals', { keys: ['ROSE'] }, 'a rose', true],
    ['in other capitals that count', { keys: ['Rose'], caseSensitive: true }, 'a rose', false],
    ['in a form with the capital that counts', { keys: ['Роза'], caseSensitive: true }, 'с Розой', true],
    ['with marks', { keys: ['C++'] }, 'He wrote C++ at night.', true],
    ['with marks within another word', { keys: ['№ 5'] }, 'дом № 51', false],
    ['of a mark alone', { keys: ['🔥'] }, 'Искры 🔥 летели', true],
    ['as a pattern', { keys: ['/ключ(и|ей)/i'] }, 'связка Ключей.', true],
    ['as a pattern that does not fit', { keys: ['/ключ\\d/'] }, 'связка ключей', false],
    ['as a pattern that is broken', { keys: ['/(/'] }, '(', false],
    ['that is empty', { keys: ['', '  '] }, 'any text', false],
  ])('is found %s as its rules say', async (_what, fields, text, found) => {
    expect(await woken(fields, text)).toEqual(found ? ['It'] : [])
  })

  it('says which, in which passage, with the words around it', async () => {
    const { awake } = await wake(
      [w],
      [lore(w, 'Keeper', { keys: ['маяк', 'смотритель'] })],
      ['Ветер стих.', 'Утром они увидели смотрителя у ворот.']
    )
    expect(awake[0]?.reason).toEqual({
      type: 'named',
      key: 'смотритель',
      passagesAfter: 1,
      quote: 'Утром они увидели \u2068смотрителя\u2069 у ворот.',
    })
  })

  it('takes no longer than its text is long, even as a pattern made to hang', async () => {
    const text = 'a'.repeat(20_000)
    expect(await woken({ keys: ['/(a+)+$/', '/(a|a)*b/'] }, `${text}!`)).toEqual([])
  })

  it('is looked for in as many passages as the entry or its world says', async () => {
    const texts = ['one', 'two', 'three', 'four', 'five']
    expect(await woken({ keys: ['four'] }, ...texts)).toEqual(['It'])
    expect(await woken({ keys: ['five'] }, ...texts)).toEqual([])
    expect(await woken({ keys: ['five'], scanDepth: 5 }, ...texts)).toEqual(['It'])
    expect(await woken({ keys: ['one'], scanDepth: 0 }, ...texts)).toEqual([])
  })
})

describe('secondary keys', () => {
  it.each<[LoreFields['secondaryLogic'], boolean[]]>([
    ['andAny', [false, true, true]],
    ['andAll', [false, false, true]],
    ['notAny', [true, false, false]],
    ['notAll', [true, true, false]],
  ])('%s: none, one, both of them there', async (secondaryLogic, expected) => {
    const fields = { keys: ['door'], secondaryKeys: ['night', 'rain'], secondaryLogic }
    const seen = []
    for (const text of ['The door.', 'The door at night.', 'The door at night in rain.'])
      seen.push((await woken(fields, text)).length > 0)
    expect(seen).toEqual(expected)
  })

  it('say that they keep an entry asleep', async () => {
    const entry = lore(w, 'Door', { keys: ['door'], secondaryKeys: ['night'] })
    expect(sleeping(await wake([w], [entry], ['The door.']))).toEqual([['Door', 'secondary']])
  })
})

describe('recursion', () => {
  const chain = [1, 2, 3, 4, 5].map((n) => ({ keys: [`link${n}`], content: `See link${n + 1}.` }))

  it('goes as many steps as the world allows, and says by what', async () => {
    for (const [recursionSteps, expected] of [
      [0, 1],
      [1, 2],
      [3, 4],
    ] as const) {
      const own = world({ recursionSteps })
      const { awake } = await wake(
        [own],
        chain.map((fields, index) => lore(own, `L${index + 1}`, fields)),
        ['link1']
      )
      expect(awake).toHaveLength(expected)
    }
    const { awake } = await wake(
      [w],
      chain.map((fields, index) => lore(w, `L${index + 1}`, fields)),
      ['link1']
    )
    expect(awake[1]?.reason).toEqual({ type: 'lore', key: 'link2', by: 'L1', step: 1 })
  })

  it('heeds who wakes nothing, who is not woken, and who waits for a later step', async () => {
    const a = lore(w, 'A', { keys: ['start'], content: 'beta gamma' })
    const b = lore(w, 'B', { keys: ['beta'] })
    expect(names(await wake([w], [a, b], ['start']))).toEqual(['A', 'B'])
    const silent = { ...a, fields: { ...a.fields, wakesNoLore: true } }
    expect(names(await wake([w], [silent, b], ['start']))).toEqual(['A'])
    const deaf = { ...b, fields: { ...b.fields, notWokenByLore: true } }
    expect(names(await wake([w], [a, deaf], ['start']))).toEqual(['A'])
    const late = lore(w, 'Late', { keys: ['start'], recursionLevel: 2 })
    expect(names(await wake([w], [late], ['start']))).toEqual(['Late'])
    const never = lore(world({ recursionSteps: 1 }), 'Never', { keys: ['start'], recursionLevel: 2 })
    expect(names(await wake([{ ...w, id: never.worldId, recursionSteps: 1 }], [never], ['start']))).toEqual([])
  })
})

describe('time', () => {
  const sticky = lore(w, 'Sticky', { keys: ['bell'], sticky: 3, cooldown: 2 })
  const after = (ago: number, text: string) =>
    wake([w], [sticky], [text], { length: 9, wokeAgo: new Map([[sticky.id, ago]]) })

  it('keeps lore awake, then asleep, and lets it wake again', async () => {
    expect((await after(1, 'quiet')).awake[0]?.reason).toEqual({ type: 'sticky', left: 2 })
    expect((await after(2, 'bell')).awake[0]).toMatchObject({ isFresh: false })
    expect(names(await after(3, 'quiet'))).toEqual([])
    expect(sleeping(await after(3, 'bell'))).toEqual([['Sticky', 'cooldown']])
    expect(sleeping(await after(4, 'bell'))).toEqual([['Sticky', 'cooldown']])
    expect((await after(5, 'bell')).awake[0]).toMatchObject({ isFresh: true })
  })

  it('lets lore wait until the story is long enough', async () => {
    const late = lore(w, 'Late', { constant: true, delay: 3 })
    expect(sleeping(await wake([w], [late], ['a', 'b']))).toEqual([['Late', 'delay']])
    expect(names(await wake([w], [late], ['a', 'b', 'c']))).toEqual(['Late'])
  })
})

describe('room', () => {
  it('goes to what is most important, and what ignores the budget takes none of it', async () => {
    const own = world({ loreBudget: 30 })
    const content = 'x'.repeat(70)
    const entries = [
      lore(own, 'low', { constant: true, content, priority: 1 }),
      lore(own, 'high', { constant: true, content, priority: 9 }),
      lore(own, 'free', { constant: true, content, priority: 5, ignoresBudget: true }),
    ]
    const activation = await wake([own], entries, ['-'])
    expect(names(activation).toSorted((a, b) => a.localeCompare(b))).toEqual(['free', 'high'])
    expect(sleeping(activation)).toEqual([['low', 'budget']])
  })

  it('of an entry ends its text with a sentence', async () => {
    const content = 'The first sentence is here. The second one is longer than the room that there is.'
    const { awake } = await wake([w], [lore(w, 'Long', { constant: true, content, budget: 12 })], ['-'])
    expect(awake[0]).toMatchObject({ text: 'The first sentence is here.' })
    expect(awake[0]?.tokens).toBeLessThanOrEqual(12)
  })
})

describe('dice and groups', () => {
  it('wake an entry as often as its probability says', async () => {
    const entry = lore(w, 'Maybe', { keys: ['bell'], probability: 30 })
    expect(names(await wake([w], [entry], ['bell'], { chance: () => 0.29 }))).toEqual(['Maybe'])
    expect(sleeping(await wake([w], [entry], ['bell'], { chance: () => 0.3 }))).toEqual([['Maybe', 'probability']])
  })

  it('let one of a group be told, by weight, or the first by order', async () => {
    const group = ['weather']
    const [rain, snow] = [
      lore(w, 'rain', { constant: true, groups: group, groupWeight: 30 }),
      lore(w, 'snow', { constant: true, groups: group, groupWeight: 70 }),
    ]
    expect(names(await wake([w], [rain, snow], ['-'], { chance: () => 0.29 }))).toEqual(['rain'])
    expect(names(await wake([w], [rain, snow], ['-'], { chance: () => 0.31 }))).toEqual(['snow'])
    const first = lore(w, 'first', { constant: true, groups: group, groupFirst: true, order: 1 })
    const activation = await wake([w], [rain, snow, first], ['-'], { chance: () => 0.31 })
    expect(names(activation)).toEqual(['first'])
    expect(sleeping(activation).map(([, why]) => why)).toEqual(['group', 'group'])
  })
})

describe('lore, whatever it is', () => {
  const fields = fc.record({
    keys: fc.array(fc.constantFrom('a', 'b', 'c', '/[abc]+/', '/(/', ''), { maxLength: 3 }),
    content: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 6 }).map((words) => words.join(' ')),
    secondaryKeys: fc.array(fc.constantFrom('a', 'd'), { maxLength: 2 }),
    secondaryLogic: fc.constantFrom('andAny', 'andAll', 'notAny', 'notAll'),
    constant: fc.boolean(),
    probability: fc.integer({ min: 0, max: 100 }),
    priority: fc.integer({ min: -2, max: 2 }),
    order: fc.integer({ min: 0, max: 3 }),
    position: fc.constantFrom('beforeCharacters', 'afterCharacters', 'beforeNote', 'atDepth'),
    depth: fc.integer({ min: 0, max: 3 }),
    sticky: fc.integer({ min: 0, max: 3 }),
    cooldown: fc.integer({ min: 0, max: 3 }),
    delay: fc.integer({ min: 0, max: 4 }),
    recursionLevel: fc.integer({ min: 0, max: 3 }),
    notWokenByLore: fc.boolean(),
    wakesNoLore: fc.boolean(),
    ignoresBudget: fc.boolean(),
    groups: fc.subarray(['g', 'h']),
    groupWeight: fc.integer({ min: 0, max: 3 }),
    groupFirst: fc.boolean(),
  } satisfies { [Field in keyof LoreFields]?: fc.Arbitrary<LoreFields[Field]> })
  const scene = fc.record({
    all: fc.array(fields, { maxLength: 12 }),
    texts: fc.array(fc.constantFrom('a', 'b c', 'd', 'A b!', ''), { maxLength: 6 }),
    recursionSteps: fc.integer({ min: 0, max: 20 }),
    loreBudget: fc.integer({ min: 0, max: 12 }),
    dice: fc.double({ min: 0, max: 0.999, noNaN: true }),
  })

  it('wakes once, within its budget, one of a group, in a stable order, and the same each time', async () => {
    await fc.assert(
      fc.asyncProperty(scene, async ({ all, texts, recursionSteps, loreBudget, dice }) => {
        const own = world({ recursionSteps, loreBudget })
        const entries = all.map((one, index) => lore(own, `${index}`, one))
        const run = () => wake([own], entries, texts, { chance: () => dice })
        const activation = await run()
        expect(await run()).toEqual(activation)
        const told = [...activation.awake, ...activation.asleep].map(({ entry }) => entry.id)
        expect(new Set(told).size).toBe(told.length)
        const spent = activation.awake.filter(({ entry }) => !entry.fields.ignoresBudget)
        expect(spent.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThanOrEqual(loreBudget || Infinity)
        for (const group of ['g', 'h'])
          expect(activation.awake.filter(({ entry }) => entry.fields.groups.includes(group)).length).toBeLessThan(2)
        const place = ({ position, depth, order }: LoreFields) => [
          ['beforeCharacters', 'afterCharacters', 'beforeNote', 'atDepth'].indexOf(position),
          position === 'atDepth' ? -depth : 0,
          order,
        ]
        const places = activation.awake.map(({ entry }) => place(entry.fields))
        expect(places).toEqual(
          places.toSorted((a, b) => a.map((n, index) => n - (b[index] ?? 0)).find((n) => n !== 0) ?? 0)
        )
        expect(recursionSteps > 0 || activation.awake.every(({ reason }) => reason.type !== 'lore')).toBe(true)
      }),
      { seed: 20_261_121, numRuns: 300 }
    )
  })
})

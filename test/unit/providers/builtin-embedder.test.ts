import { describe, expect, it } from 'vitest'
import { validateSettings } from '@contract/schema/validate-settings'
import { builtinProtocol } from '@main/providers/protocols/builtin/builtin-protocol'
import { embedText } from '@main/providers/protocols/builtin/embed-text'
import { collect, connectTo, definitionOf, rejection } from '@test/helpers/connect'

const likeness = (one: string, other: string, dimensions = 512): number => {
  const right = embedText(other, dimensions)
  return embedText(one, dimensions).reduce((sum, value, at) => sum + value * (right[at] ?? 0), 0)
}

/** Two sentences of one matter, in other forms of their words, and one of another matter. */
const triples: [one: string, related: string, unrelated: string][] = [
  [
    'Старый маяк стоял на скале над морем.',
    'Смотритель поднялся на маяк и зажёг лампу.',
    'Купец пересчитал монеты и спрятал кошелёк.',
  ],
  [
    'Анна потеряла серебряное кольцо в саду.',
    'Кольца из серебра Анне подарила бабушка.',
    'Корабль вышел из гавани на рассвете.',
  ],
  ['Волки выли в зимнем лесу.', 'Зимой по лесам бродят голодные волчьи стаи.', 'Учитель раздал ученикам тетради.'],
  [
    'Король объявил войну соседнему королевству.',
    'Войско королевы готовилось к войне.',
    'Повар испёк пирог с яблоками.',
  ],
  [
    'Она писала ему письма каждую неделю.',
    'Он сохранил все её письма и написанные стихи.',
    'Дождь стучал по крыше всю ночь.',
  ],
  ['Девочка спрятала ключ под половицей.', 'Ключа под половицами уже не было.', 'На площади играл духовой оркестр.'],
  [
    'Ведьма варила зелье из болотных трав.',
    'Травы для зелья ведьме приносил ученик с болота.',
    'Поезд опоздал на два часа.',
  ],
  [
    'The old lighthouse stood above the sea.',
    'The keeper climbed the lighthouse and lit its lamp.',
    'A merchant counted his coins and hid the purse.',
  ],
  [
    'Anna lost her silver ring in the garden.',
    'The rings of silver had been a gift from Anna’s grandmother.',
    'The ship left the harbour at dawn.',
  ],
  [
    'Wolves howled in the winter forest.',
    'A hungry wolf was howling near the forests.',
    'The teacher handed out the notebooks.',
  ],
  [
    'He was stopped by two armed guards at the gate.',
    'The guard stops everyone who comes through the city gates.',
    'Bread was baking in the kitchen.',
  ],
  ['She is writing letters every week.', 'He kept every letter that she wrote.', 'Rain drummed on the roof all night.'],
  [
    'The witch brewed a potion of marsh herbs.',
    'Her potions needed herbs that a witch could only find in the marshes.',
    'The train was two hours late.',
  ],
]

describe('the built-in embedder', () => {
  it.each([
    [256, 0],
    [512, 0.05],
    [1024, 0.08],
  ])('tells the related from the unrelated in %i dimensions', (dimensions, margin) => {
    const mistaken = triples.filter(([one, related, unrelated]) => {
      const near = likeness(one, related, dimensions)
      const far = Math.max(likeness(one, unrelated, dimensions), likeness(related, unrelated, dimensions))
      return near - far <= margin
    })
    expect(mistaken).toEqual([])
  })

  it('finds the passage of a story that a question is about, among all others', () => {
    for (const [one, related] of triples) {
      // The same scene in the other language may be as near.
      const language = /[а-я]/.test(one)
      const passages = triples
        .flatMap(([own, , unrelated]) => [own, unrelated])
        .filter((text) => /[а-я]/.test(text) === language)
      const ranked = passages.toSorted((first, second) => likeness(related, second) - likeness(related, first))
      expect(ranked[0]).toBe(one)
    }
  })

  it('does not take two texts for alike because of the words that every text has', () => {
    expect(likeness('И вот он сказал, что это был он.', 'Но она ведь уже сказала, что это была она.')).toBeLessThan(1)
    const [sea, town] = ['It was he who had seen the sea.', 'It was he who had seen the town.']
    expect(likeness(sea, town)).toBeLessThan(likeness(sea, 'The seas were high.') + 0.45)
    expect(
      likeness('It was what he had to do for the dragon.', 'It was what he had to do for the bread.')
    ).toBeLessThan(0.3)
  })

  it('gives the same vector for the same text, everywhere and always', () => {
    const vector = embedText('Маяк. The lighthouse.', 256)
    expect(embedText('Маяк. The lighthouse.', 256)).toEqual(vector)
    // A change here is another algorithm: it needs another model name, so that old indexes are built anew.
    const marks = vector.flatMap((value, at) => (Math.abs(value) > 0.2 ? [`${at}:${value.toFixed(3)}`] : []))
    expect(marks).toMatchInlineSnapshot(`
      [
        "17:-0.224",
        "77:-0.224",
        "94:0.401",
        "119:-0.201",
        "120:-0.201",
        "146:-0.201",
        "167:0.401",
        "180:0.401",
        "226:0.224",
        "242:-0.401",
      ]
    `)
  })

  it('sees no difference in case, in ё, or in how a letter is composed', () => {
    expect(embedText('ЁЛКА, café', 256)).toEqual(embedText('елка cafe\u0301', 256))
  })

  it.each(['', '   ', '…!?', '🌊', 'a', '漢字かな', 'ا ب', '𝔘𝔫𝔦', '\u0000', 'x'.repeat(100_000)])(
    'gives a vector of length 1 for anything: %j',
    (text) => {
      const vector = embedText(text, 512)
      expect(vector.length).toBe(512)
      expect(Math.hypot(...vector)).toBeCloseTo(1, 10)
    }
  )

  it('brings together words that speak of one thing, in either language', () => {
    for (const [one, related, unrelated] of [
      ['a horse', 'the stallion', 'a window'],
      ['лошадь', 'жеребец', 'окно'],
      ['врач', 'the physician', 'the ship'],
      ['похороны', 'могила', 'музыка'],
    ] as const)
      expect(likeness(one, related)).toBeGreaterThan(likeness(one, unrelated) + 0.2)
  })
})

describe('the built-in provider', () => {
  const { signal } = new AbortController()
  const connection = connectTo('builtin', '', {
    secret: () => null,
    fetch: () => Promise.reject(new Error('the built-in embedder called the network')),
  })
  const embed = (more: object = {}) =>
    Promise.resolve(
      builtinProtocol.embed?.(connection, { model: 'words-2', texts: ['a', 'b'], parameters: {}, signal, ...more })
    )

  it('lists its one model and embeds with it, calling nobody', async () => {
    const models = (await collect(builtinProtocol.listModels(connection, signal))).flat()
    expect(models.map(({ model, kind, local }) => [model, kind, local])).toEqual([['words-2', 'embedding', true]])
    expect((await embed())?.vectors.map((vector) => vector.length)).toEqual([512, 512])
    expect((await embed({ parameters: { dimensions: 1024 } }))?.vectors[0]?.length).toBe(1024)
    expect(await builtinProtocol.checkKey(connection, signal)).toEqual({ models: 1, creditLeft: null })
  })

  it('takes the sizes that its form offers, and no other', () => {
    const schema = definitionOf('builtin').embeddingSchema ?? {}
    const taken = [256, 512, 1024, 768, 0].filter((dimensions) => validateSettings(schema, { dimensions }).length === 0)
    expect(taken).toEqual([256, 512, 1024])
  })

  it('has no other model, and none to chat with', async () => {
    expect(await rejection(embed({ model: 'words-0' }))).toMatchObject({ code: 'model_not_found' })
    const chat = builtinProtocol.chat(connection, { model: 'words-2', messages: [], parameters: {}, signal })
    expect(await rejection(collect(chat))).toMatchObject({ code: 'model_not_found' })
  })

  it('stops when it is told to, also between texts', async () => {
    const stop = new AbortController()
    const reason = new Error('enough')
    const work = embed({ texts: Array.from({ length: 1000 }, () => 'a word'), signal: stop.signal })
    stop.abort(reason)
    expect(await rejection(work)).toBe(reason)
  })
})

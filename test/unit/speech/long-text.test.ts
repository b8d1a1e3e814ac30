import { beforeAll, expect, it } from 'vitest'
import { WorldEntryId } from '@contract/ids'
import { newId } from '@main/platform/ids'
import { sliced } from '@main/platform/sliced'
import { piecesOf } from '@main/speech/pieces'
import { whoSpeaks } from '@main/speech/who-speaks'
import { runThrough } from '@test/helpers/run-through'
import type { KeyFinder } from '@main/worlds/find-key'
import { wordFinder } from '@main/worlds/word-finder'

/** A book of a megabyte, and as much as a request may have. Characters. */
const BOOK = 520_000
const LENGTH = 200_000
/** Characters that are worked on without the offer of a rest. */
const AT_ONCE = 8_000

const filled = (part: string, length = LENGTH) => part.repeat(Math.ceil(length / part.length))
const PAGE = 'Лампа погасла. «Кто там?» — спросила Анна. Игнат молчал.\n— Иду, — сказал Игнат. — Подожди у ворот.\n\n'
const book = filled(PAGE, BOOK)
const texts = {
  'a book': filled(PAGE),
  'a book in one line': filled(PAGE.replaceAll('\n', ' ')),
  'sentences without capitals': filled('все молчали. потом ушли. '),
  'marks alone': filled('! ? … '),
  'quotes that nobody closes': filled('«Анна „ждёт" '),
  'one name again and again': `${filled('Анна ')}\n— Иду!`,
  'no spaces': filled('слово'),
}

let finder: KeyFinder
beforeAll(async () => {
  finder = await wordFinder()
})
const ann = { entryId: newId(WorldEntryId), names: ['Анна'] }

it.each(Object.entries(texts))('%s is divided in small steps, and nothing of it is lost', (_, text) => {
  const bare = (words: string) => words.replaceAll(/[^\p{L}]/gu, '')
  const parts = runThrough(whoSpeaks(text, [ann], finder))
  let steps = 0
  const { pieces } = runThrough(counted(piecesOf(text, parts, { longest: null, language: 'ru' }), () => (steps += 1)))
  expect(steps).toBeGreaterThanOrEqual(text.length / AT_ONCE)
  expect(pieces.map((piece) => bare(piece.text)).join('') === bare(text)).toBe(true)
  expect(pieces.every((piece) => piece.text.length <= 800)).toBe(true)
})

it('between the steps everything else goes on', async () => {
  let turns = 0
  const beat = (): void => {
    turns += 1
    next = setImmediate(beat)
  }
  let next = setImmediate(beat)
  const parts = await sliced(whoSpeaks(book, [ann], finder))
  await sliced(piecesOf(book, parts, { longest: null, language: 'ru' }))
  clearImmediate(next)
  // Work that never rests lets the loop turn for its two promises alone.
  expect(turns).toBeGreaterThan(10)
})

function* counted<Result>(work: Generator<void, Result, void>, count: () => void): Generator<void, Result, void> {
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value
    count()
    yield
  }
}

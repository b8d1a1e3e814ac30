import { beforeEach, expect, it, vi } from 'vitest'
import { createTogether, type Together } from '@main/data/together'
import { testStores } from '@test/helpers/test-stores'

let commits: number
let words: () => unknown[]
let together: Together
let add: (word: string) => void
let failing: boolean

beforeEach(() => {
  const { db, stores } = testStores()
  db.exec('CREATE TABLE words (word TEXT)')
  commits = 0
  failing = false
  const insert = db.prepare<[string]>('INSERT INTO words VALUES (?)')
  add = (word) => void insert.run(word)
  words = () => db.prepare('SELECT word FROM words').pluck().all()
  together = createTogether((work) => {
    const isInner = db.inTransaction
    const result = stores.transaction(() => {
      const inner = work()
      if (failing && !isInner) throw new Error('The disk is full')
      return inner
    })
    if (!isInner) commits += 1
    return result
  })
})

it('what comes in one turn is one commit, and each is told of it before anything else has its turn', async () => {
  const told: unknown[] = []
  const works = ['one', 'two', 'three'].map((word) =>
    together(
      () => {
        add(word)
        return word
      },
      (result) => told.push(result, commits)
    )
  )
  const first = works[0]?.then(() => told.length)
  expect(await Promise.all(works)).toEqual(['one', 'two', 'three'])
  expect(await first).toBe(6)
  expect(told).toEqual(['one', 1, 'two', 1, 'three', 1])
  await together(() => add('later'))
  expect([words(), commits]).toEqual([['one', 'two', 'three', 'later'], 2])
})

it('what throws is undone alone', async () => {
  const committed = vi.fn<() => void>()
  const bad = together(() => {
    add('half')
    throw new Error('no')
  }, committed)
  const good = together(() => add('good'))
  await expect(bad).rejects.toThrow('no')
  await good
  expect(words()).toEqual(['good'])
  expect(committed).not.toHaveBeenCalled()
})

it('all reject where nothing can be kept, and what comes later is tried anew', async () => {
  failing = true
  const works = [together(() => add('a')), together(() => add('b'))]
  for (const work of works) await expect(work).rejects.toThrow('full')
  failing = false
  await together(() => add('c'))
  expect(words()).toEqual(['c'])
})

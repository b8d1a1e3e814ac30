import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pack, VectorSet } from '@main/memory/vector-set'
import { clusteredVectors } from '@test/helpers/clustered-vectors'

const add = (set: VectorSet, key: number, vector: readonly number[], group = 0) => {
  const packed = pack(vector)
  if (!packed) throw new Error('no direction')
  set.add(key, group, packed)
}
const all = () => true
const keys = (found: readonly { key: number }[]) => found.map(({ key }) => key)
const cosine = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0) / Math.hypot(...a) / Math.hypot(...b)

describe('a packed vector', () => {
  it('keeps its direction', () => {
    const set = new VectorSet(3)
    add(set, 7, [3, -4, 0.01])
    const [found] = set.nearest([30, -40, 0], all, 1)
    expect(found?.key).toBe(7)
    expect(found?.score).toBeCloseTo(1, 2)
  })

  it.each([[[0, 0]], [[NaN, 1]], [[Infinity, 1]], [[]]])('is none without a direction: %j', (vector) => {
    expect(pack(vector)).toBeNull()
  })
})

describe('a set of vectors', () => {
  it('finds the nearest first, and only what is allowed', () => {
    const set = new VectorSet(2)
    add(set, 1, [1, 0], 0)
    add(set, 2, [1, 1], 1)
    add(set, 3, [0, 1], 2)
    expect(keys(set.nearest([1, 0.1], all, 10))).toEqual([1, 2, 3])
    expect(keys(set.nearest([1, 0.1], (group) => group > 0, 10))).toEqual([2, 3])
    expect(keys(set.nearest([1, 0.1], all, 1))).toEqual([1])
    expect(set.nearest([0, 0], all, 1)).toEqual([])
    expect(set.nearest([1, 0, 0], all, 1)).toEqual([])
  })

  it('knows what was added and removed in any order', () => {
    const step = fc.record({ key: fc.integer({ min: 0, max: 20 }), add: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const set = new VectorSet(2)
        const here = new Set<number>()
        for (const { key, add: adds } of steps) {
          if (adds && !here.has(key)) {
            add(set, key, [Math.cos(key), Math.sin(key)])
            here.add(key)
          } else if (!adds) {
            set.remove(key)
            here.delete(key)
          }
        }
        expect(set.size).toBe(here.size)
        expect(new Set(keys(set.nearest([1, 0], all, 100)))).toEqual(here)
        for (const key of here) expect(keys(set.nearest([Math.cos(key), Math.sin(key)], all, 1))).toEqual([key])
      })
    )
  })

  it('finds the few that fit among many, wherever they lie', () => {
    const { vectors, queries } = clusteredVectors({ count: 5000, dimensions: 32, queries: 1 })
    const set = new VectorSet(32)
    for (const [key, vector] of vectors.entries()) add(set, key, vector, key)
    const [query] = queries
    const few = new Set([7, 1234, 4999])
    expect(new Set(keys(set.nearest(query ?? [], (group) => few.has(group), 10)))).toEqual(few)
  })

  it('finds in a large set what comparing every number finds', () => {
    const { vectors, queries } = clusteredVectors({ count: 5500, dimensions: 96, queries: 20 })
    const set = new VectorSet(96)
    for (const [key, vector] of vectors.entries()) add(set, key, vector, key % 1000)
    for (let key = 0; key < 500; key += 1) set.remove(key)
    const left = [...vectors.entries()].slice(500)
    const hits = queries.reduce((sum, query) => {
      const exact = left
        .map(([key, vector]) => ({ key, score: cosine(query, vector) }))
        .toSorted((a, b) => b.score - a.score)
        .slice(0, 10)
      const found = new Set(keys(set.nearest(query, all, 10)))
      return sum + exact.filter(({ key }) => found.has(key)).length
    }, 0)
    expect(hits / queries.length / 10).toBeGreaterThanOrEqual(0.95)
  })
})

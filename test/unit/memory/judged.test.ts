import { describe, expect, it } from 'vitest'
import { judge } from '@test/helpers/judge'

/**
 * What a reader would call related must be found by the embedder that comes with Fabula, much better than by words alone.
 * The figures are in docs/decisions/memory.md and printed by `npm run bench`.
 */
describe('memory, asked by a reader', () => {
  it('finds what is related, in both languages', () => {
    const judged = judge('first')
    for (const language of ['en', 'ru'] as const) {
      expect(judged('meaning', language).recall.at5).toBeGreaterThan(0.8)
      expect(judged('both', language).recall.at10).toBeGreaterThan(0.85)
      expect(judged('both', language).mrr).toBeGreaterThan(judged('words', language).mrr + 0.1)
    }
  })

  it('does so for questions that its list of words was not written with', () => {
    const judged = judge('later')
    expect(judged('meaning', 'all').recall.at5).toBeGreaterThan(judged('words', 'all').recall.at5 * 2)
    expect(judged('both', 'all').ndcg).toBeGreaterThan(judged('words', 'all').ndcg * 1.5)
  })
})

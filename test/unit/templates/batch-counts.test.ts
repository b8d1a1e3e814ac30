import { expect, it } from 'vitest'
import { BatchId } from '@contract/ids'
import { createKnownCounts } from '@main/features/templates/batch-counts'
import { newId } from '@main/platform/ids'
import { testStores } from '@test/helpers/test-stores'

it('rows that were just kept are not counted again: of 100,000 that takes as long as keeping a thousand', () => {
  const { stores } = testStores()
  const id = newId(BatchId)
  const counts = createKnownCounts({ batches: { ...stores.batches, counts: () => expect.unreachable('counted') } })
  counts.begin(id, { waiting: 3, skipped: 1 })
  counts.change(id, (now) => {
    now.waiting -= 1
    now.running += 1
  })
  expect(counts.of(id)).toMatchObject({ waiting: 2, running: 1, skipped: 1, complete: 0, inputTokens: 0, cost: 0 })
  const again = createKnownCounts(stores)
  again.begin(id, { waiting: 3, skipped: 1 })
  again.forget(id)
  expect(again.of(id)).toEqual(stores.batches.counts(id))
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Call, CallPurpose } from '@contract/entities/usage'
import { CallId, GenerationId } from '@contract/ids'
import { createEventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import { silentLogger } from '@main/platform/logger'
import { createCallBook } from '@main/routing/call-book'
import { testStores } from '@test/helpers/test-stores'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const period = { from: new Date(0).toISOString(), to: '2100-01-01T00:00:00.000Z' }

const ended = (purpose: CallPurpose): Omit<Call, 'storyTitle'> => ({
  id: newId(CallId),
  startedAt: new Date().toISOString(),
  purpose,
  provider: 'Fake',
  model: 'fake-model',
  server: null,
  tokenName: null,
  attempt: 1,
  outcome: 'complete',
  errorCode: null,
  simulated: false,
  status: null,
  inputTokens: 1,
  outputTokens: 1,
  cost: null,
  costSource: null,
  estimated: false,
  firstTokenMs: 1,
  totalMs: 2,
})
const ofProgram: CallPurpose = { kind: 'gateway', keyName: 'Editor', keyId: null }

function openBook() {
  const { db, stores } = testStores()
  const events = createEventHub()
  const told: unknown[] = []
  events.subscribe(({ payload }) => told.push(payload))
  const book = createCallBook({ stores, events, logger: silentLogger })
  return { db, book, told, count: () => stores.calls.page(period, 100, null, null).length }
}

describe('the book of calls', () => {
  it('has a call of the writer at once', () => {
    const { book, count } = openBook()
    book.enter(
      ended({ kind: 'template', name: 'A tavern', generationId: newId(GenerationId), keyName: null, keyId: null })
    )
    expect(count()).toBe(1)
  })

  it('has calls of programs a moment later, all together, and says so once', async () => {
    const { db, book, told, count } = openBook()
    for (let call = 0; call < 5; call += 1) book.enter(ended(ofProgram))
    expect(count()).toBe(0)
    await vi.advanceTimersByTimeAsync(100)
    expect(count()).toBe(5)
    expect(told).toHaveLength(1)
    // What the writer writes is on the disk before anything else, also after that.
    expect(db.pragma('synchronous', { simple: true })).toBe(2)
    book.enter(ended(ofProgram))
    await vi.advanceTimersByTimeAsync(100)
    expect(count()).toBe(6)
  })

  it('has them at once where somebody looks', () => {
    const { book, count } = openBook()
    book.enter(ended(ofProgram))
    book.enterWaiting()
    expect(count()).toBe(1)
  })

  it('loses none at its end, nor what ends after it', () => {
    const { book, count } = openBook()
    book.enter(ended(ofProgram))
    book.close()
    expect(count()).toBe(1)
    book.enter(ended(ofProgram))
    expect(count()).toBe(2)
  })
})

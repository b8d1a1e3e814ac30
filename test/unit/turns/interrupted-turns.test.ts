import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Turn } from '@contract/entities/turn'
import { TurnId, type MessageId, type StoryId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import { endInterruptedTurns } from '@main/features/turns/interrupted-turns'
import { newId } from '@main/platform/ids'
import { madeStep } from '@test/helpers/made-step'
import { addPassage, addStory, testStores } from '@test/helpers/test-stores'

const BEGAN = '2026-01-02T03:04:05.000Z'
const NOW = '2026-01-02T04:00:00.000Z'

let stores: Stores
let story: StoryId
beforeEach(() => {
  const opened = testStores()
  onTestFinished(() => void opened.db.close())
  stores = opened.stores
  story = addStory(stores)
})

/** A turn as a kill leaves it. */
function killedTurn(parentId: MessageId, messageId: MessageId | null, aloneOf?: TurnId): TurnId {
  const id = newId(TurnId)
  const turn: Turn = {
    id,
    storyId: story,
    kind: 'send',
    state: 'running',
    parentId,
    messageId: null,
    error: null,
    startedAt: BEGAN,
    endedAt: null,
    ...(aloneOf ? { aloneOf } : {}),
  }
  stores.turns.insert(turn)
  if (messageId) stores.turns.setPassage(id, messageId)
  return id
}

describe('a turn that was running when the app was killed', () => {
  it('was stopped, when its passage has words, which stay', () => {
    const line = addPassage(stores, story, null, { author: 'writer' })
    const passage = addPassage(stores, story, line.id, { state: 'streaming', text: 'The door' })
    const id = killedTurn(line.id, passage.id)
    endInterruptedTurns(stores, NOW)
    expect(stores.turns.get(id)).toMatchObject({
      state: 'stopped',
      messageId: passage.id,
      error: null,
      endedAt: NOW,
    })
    expect(stores.messages.get(passage.id)).toMatchObject({ state: 'stopped', text: 'The door' })
  })

  it.each(['before its passage was begun', 'before the first word'])('has failed %s, and says why', (when) => {
    const line = addPassage(stores, story, null, { author: 'writer' })
    const passage =
      when === 'before the first word' ? addPassage(stores, story, line.id, { state: 'streaming', text: '' }) : null
    const id = killedTurn(line.id, passage?.id ?? null)
    endInterruptedTurns(stores, NOW)
    expect(stores.turns.get(id)).toMatchObject({
      state: 'failed',
      messageId: null,
      error: { code: 'turn_interrupted', retryable: true },
    })
    expect(stores.stories.get(story)?.headId).toBe(line.id)
  })

  it('keeps a whole draft as its passage, and says so', () => {
    const line = addPassage(stores, story, null, { author: 'writer' })
    const id = killedTurn(line.id, null)
    const step = (position: number, state: 'complete' | 'running', answer: string) =>
      stores.turns.saveStep({ id, storyId: story }, madeStep({ position, state, answer, startedAt: BEGAN }))
    step(0, 'complete', ' The first draft. ')
    step(1, 'complete', ' The second draft. ')
    step(2, 'running', 'Half a th')
    endInterruptedTurns(stores, NOW)
    const messageId = stores.turns.get(id)?.messageId
    expect(stores.turns.get(id)).toMatchObject({ state: 'stopped', error: null, endedAt: NOW })
    expect(stores.stories.get(story)?.headId).toBe(messageId)
    expect(messageId && stores.messages.get(messageId)).toMatchObject({
      parentId: line.id,
      text: 'The second draft.',
      state: 'complete',
      writtenBy: { model: 'm', turnId: id, notes: [{ kind: 'draft', error: { code: 'turn_interrupted' } }] },
    })
  })

  it('makes no passage of what one step answered that was taken alone', () => {
    const line = addPassage(stores, story, null, { author: 'writer' })
    const whole = killedTurn(line.id, null)
    stores.turns.end({ id: whole, state: 'complete', messageId: null, error: null, endedAt: BEGAN })
    const id = killedTurn(line.id, null, whole)
    stores.turns.saveStep({ id, storyId: story }, madeStep({ position: 0, answer: 'A draft.', startedAt: BEGAN }))
    endInterruptedTurns(stores, NOW)
    expect(stores.turns.get(id)).toMatchObject({ state: 'failed', messageId: null })
    expect(stores.stories.get(story)?.headId).toBe(line.id)
  })

  it('is ended once, and leaves those alone that ended before', () => {
    const line = addPassage(stores, story, null, { author: 'writer' })
    const id = killedTurn(line.id, null)
    stores.turns.end({ id, state: 'complete', messageId: null, error: null, endedAt: BEGAN })
    endInterruptedTurns(stores, NOW)
    expect(stores.turns.get(id)).toMatchObject({ state: 'complete', endedAt: BEGAN })
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FabulaError } from '@contract/errors'
import { SAVE_DELAY, SaveQueue, TRY_AGAIN, type SavePorts } from '@renderer/components/save-queue'

/** Some fields of one part. */
interface Change {
  part: string
  fields: Record<string, number>
}

const change = (part: string, fields: Record<string, number>): Change => ({ part, fields })
const refusal = new FabulaError('setting_invalid', 'no such value', { details: { path: 'heat', reason: 'too hot' } })

/** Requests that are answered when the test says so. */
function slowMain(ports: Partial<SavePorts<Change>> = {}) {
  const sent: { change: Change; answer: () => void; fail: (error: Error) => void }[] = []
  const saves = new SaveQueue<Change>({
    save: (one) => new Promise<void>((answer, fail) => sent.push({ change: one, answer, fail })),
    partOf: ({ part }) => part,
    ...ports,
  })
  return { saves, sent, changes: () => sent.map((request) => request.change) }
}
const settle = () => vi.advanceTimersByTimeAsync(0)
const rest = () => vi.advanceTimersByTimeAsync(SAVE_DELAY)
const merge: SavePorts<Change>['merge'] = (earlier, later) => change(later.part, { ...earlier.fields, ...later.fields })

describe('saving what is edited', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('sends one request for a burst of edits, after a rest, with the last value', async () => {
    const { saves, sent, changes } = slowMain()
    saves.add(change('writer', { heat: 1 }))
    await vi.advanceTimersByTimeAsync(SAVE_DELAY - 1)
    saves.add(change('writer', { heat: 2 }))
    await vi.advanceTimersByTimeAsync(SAVE_DELAY - 1)
    expect(sent).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(changes()).toEqual([change('writer', { heat: 2 })])
    expect(saves.snapshot().state).toBe('saving')
    sent[0]?.answer()
    await settle()
    expect(saves.snapshot()).toEqual({ state: 'saved', error: null, unsaved: [] })
  })

  it('never has two requests under way, so that no answer overtakes a later edit', async () => {
    const { saves, sent, changes } = slowMain()
    saves.add(change('writer', { heat: 1 }))
    await rest()
    saves.add(change('writer', { heat: 2 }))
    saves.add(change('guard', { heat: 3 }))
    await vi.advanceTimersByTimeAsync(1000)
    expect(sent).toHaveLength(1)
    sent[0]?.answer()
    await settle()
    // The later edit is still what the screen shows, although the first was answered.
    expect(saves.snapshot().unsaved[0]).toEqual(change('writer', { heat: 2 }))
    sent[1]?.answer()
    await settle()
    expect(changes()).toEqual([
      change('writer', { heat: 1 }),
      change('writer', { heat: 2 }),
      change('guard', { heat: 3 }),
    ])
    sent[2]?.answer()
    await settle()
    expect(saves.snapshot().state).toBe('saved')
  })

  it('sends the fields of one part together, and again only those that are not saved', async () => {
    const { saves, sent, changes } = slowMain({ merge })
    saves.add(change('writer', { heat: 1 }))
    saves.add(change('writer', { length: 5 }))
    await rest()
    saves.add(change('writer', { heat: 2 }))
    sent[0]?.answer()
    await rest()
    expect(changes()).toEqual([change('writer', { heat: 1, length: 5 }), change('writer', { heat: 2 })])
  })

  it('keeps every field of a save that failed under the edits made since', async () => {
    const { saves, sent, changes } = slowMain({ merge })
    saves.add(change('writer', { heat: 1, length: 5 }))
    await rest()
    saves.add(change('writer', { heat: 2 }))
    sent[0]?.fail(new Error('disk full'))
    await rest()
    expect(changes()[1]).toEqual(change('writer', { heat: 2, length: 5 }))
  })

  it('keeps what could not be saved, and sends it when it is asked to', async () => {
    const { saves, sent, changes } = slowMain()
    const full = new FabulaError('storage_full', 'disk full')
    saves.add(change('writer', { heat: 1 }))
    await rest()
    sent[0]?.fail(full)
    await settle()
    expect(saves.snapshot()).toEqual({ state: 'failed', error: full, unsaved: [change('writer', { heat: 1 })] })
    void saves.flush()
    await settle()
    expect(saves.snapshot()).toMatchObject({ state: 'saving', error: null })
    expect(changes()[1]).toEqual(change('writer', { heat: 1 }))
    sent[1]?.answer()
    await settle()
    expect(saves.snapshot().state).toBe('saved')
  })

  it('tries again by itself, and says all the while that it is not saved', async () => {
    const { saves, sent } = slowMain()
    saves.add(change('writer', { heat: 1 }))
    await rest()
    sent[0]?.fail(new Error('disk full'))
    await vi.advanceTimersByTimeAsync(TRY_AGAIN)
    expect(sent).toHaveLength(2)
    expect(saves.snapshot().state).toBe('failed')
    sent[1]?.answer()
    await settle()
    expect(saves.snapshot().state).toBe('saved')
  })

  it('saves one part although another one fails', async () => {
    const { saves, sent } = slowMain()
    saves.add(change('writer', { heat: 1 }))
    saves.add(change('guard', { heat: 2 }))
    await rest()
    sent[0]?.fail(new Error('no'))
    await settle()
    sent[1]?.answer()
    await settle()
    expect(saves.snapshot()).toMatchObject({ state: 'failed', unsaved: [change('writer', { heat: 1 })] })
  })

  it('lets go of what is refused for good, and says why until something else is done', async () => {
    const { saves, sent } = slowMain()
    saves.add(change('writer', { heat: 99 }))
    await rest()
    sent[0]?.fail(refusal)
    await vi.advanceTimersByTimeAsync(TRY_AGAIN)
    expect(sent).toHaveLength(1)
    expect(saves.snapshot()).toEqual({ state: 'failed', error: refusal, unsaved: [] })
    saves.add(change('writer', { heat: 1 }))
    expect(saves.snapshot()).toMatchObject({ state: 'saving', error: null })
  })

  it('keeps what is refused for good when the writer wrote it, without asking again and again', async () => {
    const { saves, sent } = slowMain({ keepsRefused: () => true })
    saves.add(change('writer', { heat: 99 }))
    await rest()
    sent[0]?.fail(refusal)
    await vi.advanceTimersByTimeAsync(TRY_AGAIN)
    expect(sent).toHaveLength(1)
    expect(saves.snapshot()).toMatchObject({ state: 'failed', unsaved: [change('writer', { heat: 99 })] })
  })

  it('saves at once when it is flushed, and says when all of it is done', async () => {
    const { saves, sent } = slowMain()
    let done = false
    saves.add(change('writer', { heat: 1 }))
    const flushed = async () => {
      await saves.flush()
      done = true
    }
    void flushed()
    await settle()
    expect(sent).toHaveLength(1)
    saves.add(change('guard', { heat: 2 }))
    void saves.flush()
    sent[0]?.answer()
    await settle()
    expect(done).toBe(false)
    sent[1]?.fail(new Error('no'))
    await settle()
    expect(done).toBe(true)
  })

  it('forgets what is not saved yet of a thing that is deleted, even what was on its way', async () => {
    const { saves, sent } = slowMain()
    saves.add(change('writer', { heat: 1 }))
    await rest()
    saves.add(change('guard', { heat: 2 }))
    saves.drop()
    sent[0]?.fail(refusal)
    await vi.advanceTimersByTimeAsync(TRY_AGAIN)
    expect(sent).toHaveLength(1)
    expect(saves.snapshot()).toEqual({ state: 'saved', error: null, unsaved: [] })
  })
})

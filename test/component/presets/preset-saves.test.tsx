import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Preset } from '@contract/entities/preset'
import { RoleId } from '@contract/ids'
import { PresetSaves, type Change } from '@renderer/features/presets/preset-saves'
import { place, preset } from './fixtures'

const main = RoleId.parse('main')
const guard = RoleId.parse('guard')
const warm = (temperature: number): Change => ({
  part: 'role',
  role: main,
  value: place({ samplers: { temperature } }),
})
const guardOn: Change = { part: 'role', role: guard, value: place() }

/** Requests that are answered when the test says so. */
function slowMain() {
  const sent: { change: Change; answer: (preset: Preset) => void; refuse: (error: Error) => void }[] = []
  const saved: Preset[] = []
  const saves = new PresetSaves({
    send: (change) => new Promise((answer, refuse) => sent.push({ change, answer, refuse })),
    onSaved: (stored) => saved.push(stored),
  })
  return { saves, sent, saved }
}
const settle = () => vi.advanceTimersByTimeAsync(0)

describe('saving a preset as it is edited', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('sends one request for a burst of edits, after a rest, with the last value', async () => {
    const { saves, sent } = slowMain()
    saves.add(warm(0.1))
    await vi.advanceTimersByTimeAsync(299)
    saves.add(warm(0.2))
    await vi.advanceTimersByTimeAsync(299)
    expect(sent).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(sent.map(({ change }) => change)).toEqual([warm(0.2)])
    expect(saves.snapshot().state).toBe('saving')
    sent[0]?.answer(preset(1))
    await settle()
    expect(saves.snapshot()).toMatchObject({ state: 'saved', roles: new Map() })
  })

  it('never has two requests under way, so that no answer overtakes a later edit', async () => {
    const { saves, sent, saved } = slowMain()
    saves.add(warm(0.1))
    await vi.advanceTimersByTimeAsync(300)
    saves.add(warm(0.2))
    saves.add(guardOn)
    await vi.advanceTimersByTimeAsync(1000)
    expect(sent).toHaveLength(1)
    sent[0]?.answer(preset(1))
    await settle()
    // The later edit is still what the screen shows, although the first was answered.
    expect(saves.snapshot().roles.get(main)).toEqual(place({ samplers: { temperature: 0.2 } }))
    expect(sent.map(({ change }) => change)).toEqual([warm(0.1), warm(0.2)])
    sent[1]?.answer(preset(1))
    await settle()
    expect(sent[2]?.change).toEqual(guardOn)
    sent[2]?.answer(preset(1))
    await settle()
    expect(saves.snapshot().state).toBe('saved')
    expect(saved).toHaveLength(3)
  })

  it('keeps what could not be saved, and saves it on retry', async () => {
    const { saves, sent } = slowMain()
    saves.add(warm(0.4))
    await vi.advanceTimersByTimeAsync(300)
    const full = new Error('disk full')
    sent[0]?.refuse(full)
    await settle()
    expect(saves.snapshot()).toMatchObject({ state: 'failed', error: full })
    expect(saves.snapshot().roles.get(main)).toEqual(place({ samplers: { temperature: 0.4 } }))
    saves.retry()
    await settle()
    expect(sent[1]?.change).toEqual(warm(0.4))
    sent[1]?.answer(preset(1))
    await settle()
    expect(saves.snapshot().state).toBe('saved')
  })

  it('saves one role although another one fails', async () => {
    const { saves, sent } = slowMain()
    saves.add(warm(0.4))
    saves.add(guardOn)
    await vi.advanceTimersByTimeAsync(300)
    sent[0]?.refuse(new Error('no'))
    await settle()
    sent[1]?.answer(preset(1))
    await settle()
    expect(saves.snapshot().state).toBe('failed')
    expect([...saves.snapshot().roles.keys()]).toEqual([main])
  })

  it('saves at once when the window closes', async () => {
    const { saves, sent } = slowMain()
    saves.add(warm(0.3))
    saves.flush()
    await settle()
    expect(sent).toHaveLength(1)
  })
})

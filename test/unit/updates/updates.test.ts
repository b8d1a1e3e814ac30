import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defaultPreferences } from '@contract/entities/preferences'
import { FabulaError, UpdateError } from '@contract/errors'
import { StoryId, TurnId } from '@contract/ids'
import { notesText } from '@main/features/updates/notes-text'
import { createUpdates, type NewerVersion, type Updater } from '@main/features/updates/updates'
import { createEventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'

const newer: NewerVersion = { version: '2.0.0', notes: '<p>Faster</p>' }

function stage(part: Partial<Updater> = {}) {
  const asked: string[] = []
  const state = { online: true, writing: false, preferences: defaultPreferences }
  const events = createEventHub()
  const ask = (what: string) => {
    asked.push(what)
    return Promise.resolve()
  }
  const updates = createUpdates({
    updater: {
      can: 'yes',
      isOnline: () => state.online,
      check: () => ask('check').then(() => newer),
      download: () => ask('download'),
      install: () => ask('install'),
      ...part,
    },
    preferences: { get: () => state.preferences, set: () => state.preferences },
    events,
    clock: { now: () => Date.now() },
    logger: { info: () => {}, warn: () => {}, error: () => {} },
    toUserError: (error) => error as FabulaError,
    isWriting: () => state.writing,
  })
  const turnEnds = () =>
    events.publish('turn.ended', {
      turnId: newId(TurnId),
      storyId: newId(StoryId),
      messageId: null,
      outcome: 'complete',
      error: null,
    })
  return { updates, asked, state, turnEnds }
}

describe('newer versions', () => {
  it('are looked for, downloaded and installed one by one, each only when the user says so', async () => {
    const { updates, asked } = stage()
    expect(await updates.check()).toMatchObject({ state: 'found', version: '2.0.0', notes: 'Faster' })
    expect(asked).toEqual(['check'])
    updates.install()
    expect(asked).toEqual(['check'])
    expect(updates.download().state).toBe('downloading')
    await expect.poll(() => updates.get().state).toBe('ready')
    expect(asked).toEqual(['check', 'download'])
    updates.install()
    expect(asked).toEqual(['check', 'download', 'install'])
  })

  it('are asked of nobody while that is switched off, without a network, or where nothing can be replaced', async () => {
    const { updates, asked, state } = stage()
    state.preferences = { ...state.preferences, checkUpdates: false }
    expect(await updates.check()).toMatchObject({ state: 'none', problem: null })
    state.preferences = { ...state.preferences, checkUpdates: true }
    state.online = false
    expect(await updates.check()).toMatchObject({ state: 'none', problem: { code: UpdateError.Unreachable } })
    expect(asked).toEqual([])
    const unpacked = stage({ can: 'copy' })
    expect(await unpacked.updates.check()).toMatchObject({ can: 'copy', state: 'none' })
    expect(unpacked.asked).toEqual([])
  })

  it('are never installed in the middle of a turn, and come when it has ended', async () => {
    const { updates, asked, state, turnEnds } = stage()
    await updates.check()
    updates.download()
    await expect.poll(() => updates.get().state).toBe('ready')
    state.writing = true
    expect(updates.install().state).toBe('waiting')
    turnEnds()
    await new Promise((done) => setImmediate(done))
    expect(asked).not.toContain('install')
    state.writing = false
    turnEnds()
    await expect.poll(() => asked).toContain('install')
  })

  it('wait no longer once the user puts them off', async () => {
    const { updates, asked, state, turnEnds } = stage()
    await updates.check()
    updates.download()
    await expect.poll(() => updates.get().state).toBe('ready')
    state.writing = true
    updates.install()
    expect(updates.later()).toMatchObject({ state: 'ready', later: true })
    state.writing = false
    turnEnds()
    await new Promise((done) => setImmediate(done))
    expect(asked).not.toContain('install')
    expect((await updates.check()).later).toBe(true)
  })

  it('may fail at each step, and can be tried again from there', async () => {
    const damaged = new FabulaError(UpdateError.Damaged, 'sha512 checksum mismatch')
    const { updates } = stage({ download: () => Promise.reject(damaged) })
    await updates.check()
    updates.download()
    await expect.poll(updates.get).toMatchObject({ state: 'found', problem: { code: UpdateError.Damaged } })
    const odd = stage({ check: () => Promise.reject(new Error('?')) })
    expect(await odd.updates.check()).toMatchObject({ state: 'none', problem: { code: UpdateError.Failed } })
  })
})

describe('the daily look', () => {
  beforeEach(() => vi.useFakeTimers({ now: Date.parse('2030-01-01T10:00:00Z') }))
  afterEach(() => vi.useRealTimers())

  it('comes soon after the start and then once a day, and not while it is switched off', async () => {
    const { updates, asked, state } = stage({ check: () => (asked.push('check'), Promise.resolve(null)) })
    updates.start()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toEqual(['check'])
    await vi.advanceTimersByTimeAsync(23 * 3_600_000)
    expect(asked).toEqual(['check'])
    await vi.advanceTimersByTimeAsync(2 * 3_600_000)
    expect(asked).toEqual(['check', 'check'])
    state.preferences = { ...state.preferences, checkUpdates: false }
    await vi.advanceTimersByTimeAsync(72 * 3_600_000)
    expect(asked).toHaveLength(2)
    updates.stop()
    state.preferences = { ...state.preferences, checkUpdates: true }
    await vi.advanceTimersByTimeAsync(72 * 3_600_000)
    expect(asked).toHaveLength(2)
  })
})

it('notes of a release are plain text, whether they come as HTML or as Markdown', () => {
  expect(notesText('<h2>New</h2>\n<ul>\n<li>One &amp; <b>two</b></li>\n<li><a href="x">Three</a></li>\n</ul>')).toBe(
    'New\n\n- One & two\n\n- Three'
  )
  expect(notesText('<p>a</p><script>alert(1)</script>')).not.toContain('<')
  expect(notesText('- One\n- a < b\n')).toBe('- One\n- a < b')
})

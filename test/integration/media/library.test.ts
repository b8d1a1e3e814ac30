import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { TestCore } from '@test/helpers/test-core'
import { startTestCore } from '@test/helpers/test-core'
import { ended, made, request, SONG, useDemo } from '@test/helpers/media-stage'
import { demoSettings, lastPassage, storyWith } from '@test/helpers/test-story'

const start = async (): Promise<TestCore> => {
  const app = await startTestCore()
  onTestFinished(() => app.close())
  await useDemo(app, SONG)
  return app
}

it('a song is made in the background, kept by the hash of its bytes, and says what it is', async () => {
  const app = await start()
  const plan = await app.ask('media.plan', request(SONG))
  expect(plan).toMatchObject({ provider: 'Demo', model: 'demo-song', requests: 1, cost: 0 })

  const song = await made(app, request(SONG))
  expect(song).toMatchObject({
    state: 'complete',
    error: null,
    title: 'The river sleeps,',
    cost: 0,
    file: { type: 'audio/wav', channels: 2, sampleRate: 44_100, durationMs: 12_500 },
  })
  expect(song.peaks.length).toBe(400)
  expect(Math.max(...song.peaks)).toBeGreaterThan(0.3)
  expect(await readdir(join(app.dataDir, 'media'))).toEqual([song.file?.hash])

  // One row for the one request, under the stage.
  const { calls } = await app.ask('usage.calls', { from: '2020-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' })
  expect(calls.map(({ purpose, outcome, cost }) => ({ purpose, outcome, cost }))).toEqual([
    { purpose: { kind: 'media', stage: SONG, storyId: null }, outcome: 'complete', cost: 0 },
  ])
})

it('a text that is longer than the model takes is refused at once, and nothing is kept', async () => {
  const app = await start()
  const long = request(SONG, { text: 'a'.repeat(5_001) })
  const told = { shape: { code: 'media_text_too_long', details: { path: 'text', length: 5_001, limit: 5_000 } } }
  await expect(app.ask('media.plan', long)).rejects.toMatchObject(told)
  await expect(app.ask('media.make', long)).rejects.toMatchObject(told)
  expect(await app.ask('media.list', {})).toEqual([])
})

it('the last that is told of a song is that it is there', async () => {
  const app = await start()
  const told: Promise<string>[] = []
  const stop = app.core.subscribe(({ name, payload }) => {
    if (name === 'data.changed' && payload.topics.includes('media'))
      told.push(app.ask('media.list', {}).then(([song]) => song?.state ?? 'gone'))
  })
  onTestFinished(stop)
  await made(app, request(SONG))
  expect((await Promise.all(told)).at(-1)).toBe('complete')
})

it('is listed, found, renamed, put in the bin and brought back', async () => {
  const app = await start()
  const story = await storyWith(app, await demoSettings(app))
  await app.turn({ kind: 'send', storyId: story.id, text: 'I walk home.' })
  const { id: messageId } = await lastPassage(app, story)
  const song = await made(app, request(SONG, { storyId: story.id, messageId }))
  const other = await made(app, request(SONG, { text: 'Снег идёт.' }))

  expect((await app.ask('media.list', {})).map(({ id }) => id)).toEqual([other.id, song.id])
  expect((await app.ask('media.list', { search: 'СНЕГ' })).map(({ id }) => id)).toEqual([other.id])
  expect((await app.ask('media.list', { storyId: story.id, stage: SONG })).map(({ id }) => id)).toEqual([song.id])
  expect((await app.ask('media.list', { messageId })).map(({ storyTitle }) => storyTitle)).toEqual([story.title])
  expect((await app.ask('media.list', { before: other.id })).map(({ id }) => id)).toEqual([song.id])

  expect((await app.ask('media.rename', { id: song.id, title: 'Home' })).title).toBe('Home')
  expect((await app.ask('media.list', { search: 'home river' })).map(({ id }) => id)).toEqual([song.id])

  await app.ask('media.delete', { id: song.id })
  expect(await app.ask('media.list', { storyId: story.id })).toEqual([])
  expect(await app.ask('bin.list', {})).toMatchObject([{ kind: 'media', name: 'Home', storyTitle: story.title }])
  expect(await app.ask('bin.restore', { kind: 'media', id: song.id })).toEqual({ name: 'Home', also: [] })
  expect(await ended(app, song.id)).toMatchObject({ state: 'complete', file: song.file })
})

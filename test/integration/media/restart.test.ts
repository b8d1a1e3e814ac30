import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '@main/data/database'
import { databaseIn } from '@main/data/data-folder'
import { ended, request, SONG, useDemo } from '@test/helpers/media-stage'
import { newVaultKey, startTestCore, type TestCore } from '@test/helpers/test-core'
import { demoSettings, lastPassage, storyWith } from '@test/helpers/test-story'
import { temporaryFolder } from '@test/helpers/temporary-folder'

/** A core on a folder that outlives it. */
const folderWithCore = async () => {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  const options = { dataDir: folder.path, vaultKey: newVaultKey() }
  const app = await startTestCore(options)
  await useDemo(app, SONG, { seconds: 60 })
  return { folder: folder.path, app, options }
}
const callsOf = async (app: TestCore) =>
  (await app.ask('usage.calls', { from: '2020-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' })).calls
const underWay = (app: TestCore, phase: string) =>
  app.event('job.progress', ({ kind, progress }) => kind === 'media' && progress['phase'] === phase)
/** Lets the Demo's job be over, as if a minute had passed. */
const pass = (folder: string) => {
  const db = openDatabase(databaseIn(folder))
  db.prepare('UPDATE media SET ticket = replace(ticket, \'"lasts":60000\', \'"lasts":0\')').run()
  db.close()
}

it('what was under way when the app ended goes on with the job that there is, and is paid once', async () => {
  const { folder, app, options } = await folderWithCore()
  const song = await app.ask('media.make', request(SONG))
  await underWay(app, 'queued')
  await app.close()
  pass(folder)

  const again = await startTestCore(options)
  onTestFinished(() => again.close())
  expect(await ended(again, song.id)).toMatchObject({ state: 'complete', file: { type: 'audio/wav' } })
  expect(await callsOf(again)).toMatchObject([{ attempt: 1, outcome: 'complete', cost: 0 }])
})

it('what may have been asked for when the app was killed is never asked for again by itself', async () => {
  const { folder, app, options } = await folderWithCore()
  const song = await app.ask('media.make', request(SONG))
  await underWay(app, 'queued')
  await app.close()
  const db = openDatabase(databaseIn(folder))
  db.prepare('UPDATE media SET ticket = ?').run('{"version":1,"value":{"state":"submitting"}}')
  db.close()

  const again = await startTestCore(options)
  onTestFinished(() => again.close())
  expect(await ended(again, song.id)).toMatchObject({ state: 'failed', error: { code: 'media_unsure' } })
  expect(await callsOf(again)).toHaveLength(1)
  // The writer may, having looked.
  await useDemo(again, SONG)
  await again.ask('media.retry', { id: song.id })
  expect(await ended(again, song.id)).toMatchObject({ state: 'complete', error: null })
  expect(await callsOf(again)).toHaveLength(2)
})

it('what is stopped ends at the provider, and begins anew when it is tried again; what is deleted leaves no file', async () => {
  const { folder, app } = await folderWithCore()
  onTestFinished(() => app.close())
  const song = await app.ask('media.make', request(SONG))
  await underWay(app, 'queued')
  expect(await app.ask('media.stop', { id: song.id })).toMatchObject({ state: 'stopped' })
  await app.event('data.changed', ({ topics }) => topics.includes('usage'))
  await expect
    .poll(async () => (await callsOf(app)).map(({ outcome }) => outcome), { timeout: 60_000 })
    .toEqual(['stopped'])

  await useDemo(app, SONG)
  await app.ask('media.retry', { id: song.id })
  const done = await ended(app, song.id)
  expect(done.state).toBe('complete')

  await app.ask('media.delete', { id: song.id })
  await app.ask('bin.delete', { kind: 'media', id: song.id })
  await app.close()
  const next = await startTestCore({ dataDir: folder })
  onTestFinished(() => next.close())
  expect(existsSync(join(folder, 'media', done.file?.hash ?? ''))).toBe(false)
  expect(await readdir(join(folder, 'media'))).toEqual([])
})

it('what was deleted for good stays as long as a backup has it, and plays again when that is restored', async () => {
  const { folder, app, options } = await folderWithCore()
  await useDemo(app, SONG)
  const song = await app.ask('media.make', request(SONG))
  const { file } = await ended(app, song.id)
  const backup = await app.ask('backups.make', {})
  await app.ask('media.delete', { id: song.id })
  await app.ask('bin.delete', { kind: 'media', id: song.id })
  await app.close()

  const next = await startTestCore(options)
  await next.ask('backups.restore', { id: backup.id })
  expect((await next.ask('media.get', { id: song.id })).file).toEqual(file)
  expect(await readdir(join(folder, 'media'))).toEqual([file?.hash])
  await next.ask('media.delete', { id: song.id })
  await next.ask('bin.delete', { kind: 'media', id: song.id })
  for (const { id } of (await next.ask('backups.list', {})).backups) await next.ask('backups.delete', { id })
  await next.close()
  await startTestCore(options).then((last) => last.close())
  expect(await readdir(join(folder, 'media'))).toEqual([])
})

it('what was made stays when its story or its passage goes, and knows them again when they come back', async () => {
  const app = await startTestCore()
  onTestFinished(() => app.close())
  await useDemo(app, SONG)
  const story = await storyWith(app, await demoSettings(app))
  await app.turn({ kind: 'send', storyId: story.id, text: 'I walk home.' })
  const { id: messageId } = await lastPassage(app, story)
  const { id } = await app.ask('media.make', request(SONG, { storyId: story.id, messageId }))
  await ended(app, id)

  const place = async () => {
    const { storyId, storyTitle, messageId: passage } = await app.ask('media.get', { id })
    return { storyId, storyTitle, passage }
  }
  const whole = { storyId: story.id, storyTitle: (await app.ask('media.get', { id })).storyTitle, passage: messageId }
  expect(await place()).toEqual(whole)
  await app.ask('stories.delete', { id: story.id })
  expect(await place()).toMatchObject({ storyTitle: null })
  await app.ask('bin.restore', { kind: 'story', id: story.id })
  expect(await place()).toEqual(whole)
  await app.ask('stories.delete', { id: story.id })
  await app.ask('bin.delete', { kind: 'story', id: story.id })
  await expect.poll(place, { timeout: 60_000 }).toEqual({ storyId: null, storyTitle: null, passage: null })
  expect((await app.ask('media.get', { id })).file).not.toBeNull()
})

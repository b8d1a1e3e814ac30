import { describe, expect, it } from 'vitest'
import { join } from 'node:path'
import { openDatabase } from '@main/data/database'
import { databaseIn } from '@main/data/data-folder'
import { makeLongStory } from '@test/helpers/long-story-app'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { statSync } from 'node:fs'

/**
 * What takes long in a story of 10,000 passages of 4 KB, and how long the core answers nobody meanwhile: the longest time
 * between two turns of its event loop. The aim is about 10 ms for each piece of work.
 */
const PASSAGES = 10_000
const LENGTH = 4000
const LEDGER = 100_000

/** Milliseconds that some work takes, and the longest of them in which nothing else could be done. */
async function measured<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  let longest = 0
  let last = performance.now()
  let going = true
  const beat = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    if (going) setImmediate(beat)
  }
  setImmediate(beat)
  const begin = performance.now()
  const result = await work()
  const took = performance.now() - begin
  going = false
  console.log(`${what}: ${took.toFixed(0)} ms, the core busy for ${longest.toFixed(1)} ms at most`)
  return result
}

describe('in a story of 10,000 passages', () => {
  it('what takes long does not stop the core', { timeout: 1_200_000 }, async () => {
    const folder = temporaryFolder()
    const id = await makeLongStory(folder.path, { passages: PASSAGES, length: LENGTH })
    const db = openDatabase(databaseIn(folder.path))
    const call = db.prepare(
      `INSERT INTO calls (id, started_at, kind, provider, model, attempt, outcome, simulated, total_ms, cost, story_id)
       VALUES (?, strftime('%Y-%m-%dT%H:%M:%fZ', 1700000000 + ? * 300, 'unixepoch'), 'test', 'P', 'M', 1, 'complete', 0, 100, 0.01, NULL)`
    )
    db.transaction(() => {
      for (let index = 0; index < LEDGER; index += 1)
        call.run(`00000000-0000-7000-8000-${String(index).padStart(12, '0')}`, index)
    })()
    db.close()

    const app: TestCore = await startTestCore({ dataDir: folder.path, backgroundWork: false })
    const log = join(folder.path, 'fabula.sqlite-wal')
    await measured('the start and the first index of all words', () => app.core.startBackgroundWork())
    const [story] = await app.ask('stories.list', {})
    expect(story?.id).toBe(id)
    const before = statSync(log).size
    const copy = await measured('duplicate', () => app.ask('stories.duplicate', { id }))
    console.log(`  ${Math.round((statSync(log).size - before) / 1_000_000)} MB written to the log of the database`)
    await measured('a common word in the search', () => app.ask('stories.search', { text: 'passage' }))
    await measured('the same again', () => app.ask('stories.search', { text: 'passage ' }))
    const page = await app.ask('messages.page', { storyId: id, first: 5000, limit: 100 })
    const middle = page.messages[0]
    if (!middle) throw new Error('There is no passage in the middle')
    await measured('an edit in the middle', () => app.ask('messages.edit', { id: middle.id, text: 'Another text.' }))
    await measured('deleting a passage', () => app.ask('messages.delete', { id: middle.id }))
    await measured('restoring it', () => app.ask('messages.restore', { id: middle.id }))
    await measured('a page in the middle', () => app.ask('messages.page', { storyId: id, first: 3000, limit: 100 }))
    const ever = { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' }
    await measured('the sums of 100,000 requests', () => app.ask('usage.summary', { ...ever, by: 'day' }))
    await measured('the file of 100,000 requests', () => app.ask('usage.export', ever))
    await app.ask('stories.delete', { id: copy.id })
    await app.ask('bin.empty', {})
    await app.close()

    const again = await startTestCore({ dataDir: folder.path, vaultKey: app.vaultKey, backgroundWork: false })
    await measured('the first answer while a story is purged', async () => {
      const work = again.core.startBackgroundWork()
      await again.ask('stories.list', {})
      return { work }
    })
    await measured('the purge of a copy at the start', () => again.core.startBackgroundWork())
    await again.close()
    folder.remove()
  })
})

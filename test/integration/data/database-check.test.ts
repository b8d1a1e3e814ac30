import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStorage } from '@main/data/storage'
import { silentLogger } from '@main/platform/logger'
import { checkDatabase } from '@main/workers/database-check'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { addPassages, addStory } from '@test/helpers/test-stores'

const withStory = () => {
  const { path, remove } = temporaryFolder()
  onTestFinished(remove)
  const storage = openStorage(path, silentLogger, () => undefined)
  onTestFinished(() => storage.close())
  addPassages(storage.stores, addStory(storage.stores), 50)
  return { file: join(path, 'fabula.sqlite'), close: () => storage.close() }
}
const signal = AbortSignal.timeout(30_000)

describe('the check of a database', () => {
  it('finds nothing in a sound one, also while it is in use', async () => {
    expect(await checkDatabase(withStory().file, signal)).toBeNull()
  })

  it('says what is damaged, also where no request has read yet', async () => {
    const { file, close } = withStory()
    close()
    const bytes = readFileSync(file)
    bytes.fill(0xaa, Math.floor(bytes.length / 2 / 4096) * 4096, bytes.length)
    writeFileSync(file, bytes)
    expect(await checkDatabase(file, signal)).toMatch(/\w/)
  })

  it('rejects where there is no file, and when it is stopped', async () => {
    await expect(checkDatabase(join(withStory().file, 'none'), signal)).rejects.toThrow('unable to open')
    await expect(checkDatabase(withStory().file, AbortSignal.abort(new Error('The app closes')))).rejects.toThrow(
      'The app closes'
    )
  })
})

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { FileError } from '@contract/errors'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { temporaryFolder } from '@test/helpers/temporary-folder'

let app: TestCore
let folder: ReturnType<typeof temporaryFolder>
beforeEach(async () => {
  app = await startTestCore()
  folder = temporaryFolder()
})
afterEach(async () => {
  await app.close()
  folder.remove()
})

const put = (name: string, text: string): string => {
  const path = join(folder.path, name)
  writeFileSync(path, text)
  return path
}

it('are taken once each, as they were then, and come in like any others', async () => {
  const { text } = await app.ask('files.export', { what: 'configuration' })
  const path = put('мои настройки.fabula.json', text)
  app.core.openFiles([path, path])
  await app.event('files.opened')
  const [file, ...others] = await app.ask('files.takeOpened', {})
  expect(others).toEqual([])
  rmSync(path)
  if (!file || !('uploadId' in file)) throw new Error('The file was not read')
  expect(file.fileName).toBe('мои настройки.fabula.json')
  expect(await app.ask('files.preview', file)).toMatchObject({ format: 'fabula' })
  expect(await app.ask('files.takeOpened', {})).toEqual([])
})

it('say what keeps them from being read, and do not keep the others', async () => {
  const good = put('good.fabula.json', '{}')
  mkdirSync(join(folder.path, 'folder'))
  app.core.openFiles([join(folder.path, 'gone.fabula.json'), good, join(folder.path, 'folder')])
  expect(await app.ask('files.takeOpened', {})).toEqual([
    { fileName: 'gone.fabula.json', problem: expect.objectContaining({ code: FileError.Unreadable }) },
    { fileName: 'good.fabula.json', uploadId: expect.any(String) },
    { fileName: 'folder', problem: expect.objectContaining({ code: FileError.Unreadable }) },
  ])
})

import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { openStorage } from '@main/data/storage'
import { silentLogger } from '@main/platform/logger'
import { endChild, startChild } from '@test/helpers/child'
import { temporaryFolder } from '@test/helpers/temporary-folder'

const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Another process that has the folder. */
async function owner(folder: string) {
  const options = ['--import', fileOf('../../helpers/source-imports.ts'), fileOf('lock-process.ts'), folder]
  const child = startChild(process.execPath, options, { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(async () => void (await endChild(child, 'SIGKILL')))
  if (child.stdout) await once(child.stdout, 'data')
  return child
}
const open = (folder: string) => {
  const storage = openStorage(folder, silentLogger, () => undefined)
  onTestFinished(() => storage.close())
  return storage
}

it('keeps a second process out, and lets go when the first is killed', async () => {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  const first = await owner(folder.path)
  const refused = open(folder.path)
  expect(refused.problem).toMatchObject({ code: 'data_folder_in_use', retryable: true })
  await endChild(first, 'SIGKILL')
  expect(open(folder.path).problem).toBeNull()
})

it('keeps two processes apart in folders of their own', async () => {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  open(join(folder.path, 'a'))
  await owner(join(folder.path))
  expect(open(join(folder.path, 'b')).problem).toBeNull()
})

import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { startChild } from '@test/helpers/child'
import { startTestCore } from '@test/helpers/test-core'

const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

it('errors that nothing catches are reported once each, and the process goes on', async () => {
  const options = ['--import', fileOf('../../helpers/source-imports.ts'), fileOf('uncaught-process.ts')]
  const child = startChild(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  if (!child.stdout) throw new Error('The process says nothing')
  const reported: unknown = JSON.parse(await text(child.stdout))
  expect(await ended).toEqual([0, null])
  expect(reported).toEqual(expect.arrayContaining(['Error: in a callback', 'Error: in a promise']))
  expect(reported).toHaveLength(2)
})

it('what a listener throws, and what nothing caught, is a line of the log, without secrets', async () => {
  const app = await startTestCore()
  onTestFinished(() => app.close())
  app.core.subscribe(() => {
    throw new Error('The window is gone')
  })
  const own = await app.ask('providers.create', { name: 'Mine', baseUrl: 'http://127.0.0.1:9', keyRequired: true })
  await app.ask('tokens.add', { providerId: own.id, name: 'Key', secret: 'sk-planted-0123456789' })
  app.core.reportUncaught(new Error('Nobody expected sk-planted-0123456789'))
  await app.core.close()
  const log = readFileSync(join(app.dataDir, 'logs', 'fabula.log'), 'utf8')
  expect(log).toContain('A listener to events failed')
  expect(log).toContain('The window is gone')
  expect(log.match(/An error that nothing caught/g)).toHaveLength(1)
  expect(log).not.toContain('sk-planted')
})

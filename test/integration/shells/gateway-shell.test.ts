import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { appEnvironment, PROJECT_FOLDER } from '@test/helpers/app-process'
import { endChild, startChild } from '@test/helpers/child'
import { temporaryFolder } from '@test/helpers/temporary-folder'

let dataDir: string
beforeEach(() => {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  dataDir = folder.path
})

interface Started {
  child: ChildProcess
  /** All that it has printed so far. */
  said(): string
  /** Resolves as soon as it has printed something that fits; rejects with what it said when it ends before. */
  says(what: RegExp): Promise<string>
  ended: Promise<number | null>
}

/** The built gateway, as `npm start -- --shell=gateway` starts it. */
function start(...args: string[]): Started {
  const child = startChild(process.execPath, [join(PROJECT_FOLDER, 'out/main/serve.js'), '--shell=gateway', ...args], {
    env: appEnvironment({ dataDir }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      for (const look of listeners) look()
    })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    child,
    said: () => said,
    says: (what) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const [, found] = what.exec(said) ?? []
          if (found !== undefined) resolve(found)
        }
        listeners.add(look)
        look()
        void ended.then((code) => reject(new Error(`It ended with ${code}: ${said}`)))
      }),
    ended,
  }
}

const READY = /^Fabula's gateway is ready: (\S+)$/m
const story = {
  model: 'demo/demo-novelist',
  messages: [{ role: 'user', content: 'Tell me of the lamp.' }],
  stream: true,
}

describe('the gateway alone', () => {
  it('answers programs by a key that it made, and ends cleanly when what it answers has ended', async () => {
    const first = start('--port=0', '--new-key=My laptop')
    const url = await first.says(READY)
    const key = await first.says(/^The key "My laptop", which is shown only now: (fab-\w+)$/m)
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    // At the very first start the models of Demo are still being listed.
    await expect
      .poll(async () => (await fetch(`${url}/models/demo/demo-novelist`, { headers })).status, { timeout: 60_000 })
      .toBe(200)
    const answer = await fetch(`${url}/chat/completions`, { method: 'POST', headers, body: JSON.stringify(story) })
    expect(answer.status).toBe(200)
    const end = endChild(first.child, 'SIGTERM')
    expect(await answer.text()).toMatch(/data: \[DONE\]\s*$/)
    expect(await end).toBe(0)

    const second = start('--port=0', '--new-key=Manager', '--may-manage')
    const again = await second.says(READY)
    const manager = await second.says(/^The key "Manager", which is shown only now: (fab-\w+)$/m)
    const servers = (bearer: string) =>
      fetch(new URL('/api/servers', again), { headers: { authorization: `Bearer ${bearer}` } })
    expect((await servers(manager)).status).toBe(200)
    expect((await servers(key)).status).toBe(403)
    expect((await fetch(`${again}/models`, { headers })).status).toBe(200)
    expect((await fetch(`${again}/models`)).status).toBe(401)
    expect((await fetch(new URL('/', again))).status).toBe(401)
    expect(second.said()).not.toContain('--new-key')
    expect(await endChild(second.child, 'SIGINT')).toBe(0)
  })

  it('says how to make a key where there is none, and what stands in its way', async () => {
    const keyless = start('--port=0')
    await keyless.says(READY)
    const another = start('--port=0')
    expect(await keyless.says(/(--new-key=NAME)/)).toBeDefined()
    expect(await another.ended).toBe(1)
    expect(another.said()).toContain('Another copy of Fabula uses this data folder.')
    expect(await endChild(keyless.child, 'SIGTERM')).toBe(0)

    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void other.close())
    const { port } = other.address() as AddressInfo
    const refused = start(`--port=${port}`, '--new-key=Never told')
    expect(await refused.ended).toBe(1)
    expect(refused.said()).toContain(`port ${port} is taken`)
    expect(refused.said()).toContain('--port=N')
    expect(refused.said()).not.toContain('fab-')
  })
})

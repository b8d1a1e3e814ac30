import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { anyKey } from '@test/helpers/gateway-keys-stage'
import { freePort } from '@test/helpers/free-port'
import { hasPythonOpenAi, pythonEnvironment } from '@test/helpers/python-openai'
import { providerOf } from '@test/helpers/test-story'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { exampleCode } from '@renderer/features/gateway/examples'
import russian from '@resources/locales/ru/gateway.json'

const run = promisify(execFile)

let app: TestCore
let url: string
let env: NodeJS.ProcessEnv
beforeAll(async () => {
  app = await startTestCore()
  const { key } = await app.ask('gateway.createKey', anyKey('A program'))
  await app.ask('gateway.change', { port: await freePort() })
  const view = await app.ask('gateway.switch', { on: true })
  if (view.url === null) throw new Error('The gateway does not listen')
  url = view.url
  const { id: providerId } = await providerOf(app, 'demo')
  const settings = { providerId, model: 'demo-novelist', settings: { pace: 0 } }
  await app.ask('modelConfigs.create', {
    name: `it's "mine"`,
    kind: 'chat',
    settings,
  })
  env = { ...pythonEnvironment(), FABULA_KEY: key }
})
afterAll(() => app.close())

/** What a writer copies, with all that a text in quotes may hold. */
const code = (name: 'curl' | 'python' | 'node', streams: boolean) =>
  exampleCode(name, {
    url,
    model: 'config/it\'s "mine"',
    line: russian.connect.line,
    streams,
  })
const printed = async (program: string, ...parameters: string[]) => (await run(program, parameters, { env })).stdout

it.each([
  [false, /^\{.*"content":"[^"]{20}.*\}$/],
  [true, /^data: \{[^]*\ndata: \[DONE\]\n\n$/],
])('the example for curl runs in a shell as it is printed; streaming: %s', async (streams, answer) => {
  expect(await printed('sh', '-c', code('curl', streams))).toMatch(answer)
})

it.each([false, true])('the example for Node runs with the openai package; streaming: %s', async (streams) => {
  expect(await printed(process.execPath, '--input-type=module', '-e', code('node', streams))).toMatch(/.{20}/)
})

it.skipIf(!hasPythonOpenAi).each([false, true])(
  'the example for Python runs with the openai package (skipped where .ci/python-openai was not run); streaming: %s',
  async (streams) => {
    expect(await printed('python3', '-c', code('python', streams))).toMatch(/.{20}/)
  }
)

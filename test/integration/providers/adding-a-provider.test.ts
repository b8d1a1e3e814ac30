import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { JsonObject } from '@contract/values'
import { createRedactor } from '@main/platform/redact'
import { createConnection } from '@main/providers/kit/connection'
import { wireParameters } from '@main/providers/kit/parameters'
import type { ProviderDefinition } from '@main/providers/spec/definition'
import type { Connection, Protocol } from '@main/providers/spec/protocol'
import { collect, PLANTED_KEY, rejection, textOf } from '@test/helpers/connect'
import { startFakeOpenAi } from '@test/helpers/fake-openai'
import { startFakeServer } from '@test/helpers/fake-server'
import { FAKE_STORY } from '@test/helpers/fake-text'
import { temporaryFolder } from '@test/helpers/temporary-folder'

const guide = readFileSync('docs/adding-a-provider.md', 'utf8')

/** The first block of the guide in a language that contains a text. */
const blockWith = (language: string, text: string): string => {
  const blocks = Array.from(guide.matchAll(/```(\w+)\n(.*?)```/gs))
  const found = blocks.find(([, tag, block]) => tag === language && block?.includes(text))?.[2]
  if (found === undefined) throw new Error(`The guide has no ${language} block with ${text}`)
  return found
}

const { signal } = new AbortController()
const messages = [{ role: 'user', content: 'Go on.' }] as const

/** What the sources export, as far as the guide needs it. */
interface Sources {
  definitions: readonly ProviderDefinition[]
  protocolFor: (id: string) => Promise<Protocol>
}

describe('adding a provider to Fabula, as the guide says', () => {
  const folder = temporaryFolder()
  const inCopy = (path: string) => join(folder.path, path)
  let vite: ViteDevServer
  let sources: Sources

  beforeAll(async () => {
    // A copy, so that a file that is there for a moment is seen by nobody else.
    for (const path of [
      'src-main/providers',
      'src-main/platform',
      'src-main/words',
      'src-preload/contract',
      'resources',
    ])
      cpSync(path, inCopy(path), { recursive: true })
    symlinkSync(resolve('node_modules'), inCopy('node_modules'), 'junction')

    // One JSON file.
    writeFileSync(inCopy('resources/providers/lighthouse.json'), blockWith('json', '"lighthouse"'))

    // One folder and one line, and a file that names it.
    mkdirSync(inCopy('src-main/providers/protocols/parrot'))
    writeFileSync(inCopy('src-main/providers/protocols/parrot/parrot-protocol.ts'), blockWith('ts', 'parrotProtocol:'))
    const registry = inCopy('src-main/providers/registry.ts')
    const line = blockWith('ts', "import('./protocols/parrot/parrot-protocol')").trim()
    writeFileSync(registry, readFileSync(registry, 'utf8').replace(/(loaders[^{]*\{\n)/, `$1  ${line}\n`))
    const lighthouse = z.record(z.string(), z.unknown()).parse(JSON.parse(blockWith('json', '"lighthouse"')))
    const parrot = {
      ...lighthouse,
      id: '01990000-000b-7000-8000-000000000000',
      slug: 'parrot',
      name: 'Parrot',
      protocol: 'parrot',
      requiredParameters: { volume: 3 },
      keyCheck: { path: '/me' },
    }
    writeFileSync(inCopy('resources/providers/parrot.json'), JSON.stringify(parrot))

    vite = await createServer({
      root: folder.path,
      configFile: false,
      logLevel: 'error',
      server: { middlewareMode: true, watch: null, ws: false },
      optimizeDeps: { noDiscovery: true },
      resolve: {
        alias: {
          '@contract': inCopy('src-preload/contract'),
          '@main': inCopy('src-main'),
          '@resources': inCopy('resources'),
        },
      },
    })
    const definitions = await vite.ssrLoadModule('/src-main/providers/definitions.ts')
    const protocols = await vite.ssrLoadModule('/src-main/providers/registry.ts')
    sources = { definitions: definitions['providerDefinitions'], protocolFor: protocols['protocolFor'] }
  })
  afterAll(async () => {
    await vite.close()
    folder.remove()
  })

  const open = async (slug: string, baseUrl: string): Promise<[Connection, Protocol]> => {
    const definition = sources.definitions.find((one) => one.slug === slug)
    if (!definition) throw new Error(`${slug} was not found by itself`)
    const connection = createConnection({
      definition,
      baseUrl,
      secret: () => PLANTED_KEY,
      headers: {},
      extraBody: {},
      fetch: globalThis.fetch,
      redactor: createRedactor(),
    })
    return [connection, await sources.protocolFor(definition.protocol)]
  }

  it('takes one JSON file, which is found by itself and sends what the guide says', async () => {
    const fake = await startFakeOpenAi({ models: ['prose-1', 'prose-1-thinking', 'embed-small', 'paint-1'] })
    fake.answerAt('/account', {
      status: 200,
      headers: { 'content-type': 'application/json' },
      steps: ['{"balance":{"usd":4.2}}'],
    })
    try {
      const [connection, protocol] = await open('lighthouse', fake.url)
      const models = (await collect(protocol.listModels(connection, signal))).flat()
      expect(models.map(({ model, kind, supportedParameters }) => [model, kind, supportedParameters])).toEqual([
        ['prose-1', 'chat', null],
        ['prose-1-thinking', 'chat', ['max_tokens', 'reasoning_effort']],
        ['embed-small', 'embedding', null],
      ])
      expect(await protocol.checkKey(connection, signal)).toEqual({ models: null, creditLeft: 4.2 })
      expect(fake.requestsTo('/account').map(({ headers }) => headers['api-key'])).toEqual([PLANTED_KEY, undefined])

      const { parameters } = wireParameters({
        definition: connection.definition,
        kind: 'chat',
        samplers: { temperature: 0.8 },
        settings: { region: 'eu' },
        custom: {},
        supportedParameters: null,
      })
      const promised = z
        .record(z.string(), z.json())
        .parse(JSON.parse(/a request carries\s+`(\{.*?\})` beside/s.exec(guide)?.[1] ?? ''))
      expect(parameters).toEqual(promised)
      const events = await collect(protocol.chat(connection, { model: 'prose-1', messages, parameters, signal }))
      expect(textOf(events)).toBe(FAKE_STORY.join(''))
      expect(fake.chats()[0]).toEqual({
        model: 'prose-1',
        messages,
        stream: true,
        stream_options: { include_usage: true },
        ...promised,
      })
    } finally {
      await fake.stop()
    }
  })

  it('takes one folder and one line for a wire format of its own', async () => {
    const said: unknown[] = []
    const answers = ['Polly', '  ']
    const plain = (text: string, status = 200) => ({ status, headers: { 'content-type': 'text/plain' }, steps: [text] })
    const server = await startFakeServer(({ path, body, headers }) => {
      if (headers['api-key'] !== PLANTED_KEY) return plain('no', 401)
      if (path.endsWith('/me')) return { ...plain('{}'), headers: { 'content-type': 'application/json' } }
      said.push(body)
      const answer = answers.shift()
      return answer === undefined ? plain('busy', 503) : plain(answer)
    })
    try {
      const [connection, protocol] = await open('parrot', server.origin)
      const parameters: JsonObject = { temperature: 1 }
      const ask = () => collect(protocol.chat(connection, { model: 'ara', messages, parameters, signal }))
      expect(textOf(await ask())).toBe('Polly')
      expect(said).toEqual([{ volume: 3, temperature: 1, model: 'ara', text: 'Go on.' }])
      expect(await rejection(ask())).toMatchObject({ code: 'provider_empty_answer' })
      expect(await rejection(ask())).toMatchObject({ code: 'provider_overloaded', retryable: true })
      expect(await protocol.checkKey(connection, signal)).toEqual({ models: null, creditLeft: null })
      expect(await collect(protocol.listModels(connection, signal))).toEqual([])
    } finally {
      await server.stop()
    }
  })
})

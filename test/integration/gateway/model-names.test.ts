import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openGatewayStage, type GatewayStage } from '@test/helpers/gateway-stage'
import { startFakeOllama } from '@test/helpers/fake-ollama'

let stage: GatewayStage
beforeAll(async () => {
  stage = await openGatewayStage()
})
afterAll(() => stage.close())
beforeEach(() => stage.gateway.allow(() => true))

const Listed = z.strictObject({
  object: z.literal('list'),
  data: z.array(
    z.strictObject({ id: z.string(), object: z.literal('model'), created: z.number().int(), owned_by: z.string() })
  ),
})

const get = (path: string) => fetch(`${stage.gateway.url}${path}`)
const listed = async () => Listed.parse(await (await get('/models')).json()).data.map(({ id }) => id)

/** Asks a model for a word; the headers say who gave it. */
async function ask(model: string) {
  const response = await fetch(`${stage.gateway.url}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] }),
  })
  const body = z.looseObject({ error: z.looseObject({ code: z.string(), message: z.string() }).optional() })
  const { error } = body.parse(await response.json())
  return {
    status: response.status,
    model: response.headers.get('x-fabula-model'),
    provider: response.headers.get('x-fabula-provider'),
    code: error?.code,
    message: error?.message,
  }
}

describe('the list of models', () => {
  it('has presets, reusable settings and every model that can be asked, by their canonical names', async () => {
    const ids = await listed()
    expect(ids.filter((id) => !id.startsWith('demo/') && !id.startsWith('builtin/'))).toEqual([
      'preset/Gothic nights/main',
      'preset/Gothic nights/guard',
      'config/Backup',
      'fake/fake-model',
      'fake/org/fake model',
      'ollama/Attic room/llama-test:8b',
      'fake/fake-embedding',
      'ollama/Attic room/embed-test:latest',
    ])
    // The first name is the one that a program, or the example of the gateway's page, begins with.
    expect(ids.indexOf('demo/demo-novelist')).toBeLessThan(ids.findIndex((id) => id.startsWith('builtin/')))
  })

  it('has only what the key may use', async () => {
    stage.gateway.allow((model) => model.startsWith('preset/'))
    expect(await listed()).toEqual(['preset/Gothic nights/main', 'preset/Gothic nights/guard'])
    expect((await get('/models/fake/fake-model')).status).toBe(403)
    expect(await ask('fake/fake-model')).toMatchObject({ status: 403, code: 'model_not_found' })
    expect(await ask('preset/Gothic nights/main')).toMatchObject({ status: 200 })
  })

  it('gives back each of its models by its name, with its slashes encoded or not', async () => {
    for (const id of await listed())
      for (const path of [encodeURIComponent(id), id.split('/').map(encodeURIComponent).join('/')]) {
        const response = await get(`/models/${path}`)
        expect(await response.json()).toMatchObject({ id, object: 'model' })
      }
  })

  it.each(['nothing', 'fake/nothing', 'ollama/Attic room/nothing', 'preset/Nothing/main', 'config/Nothing', 'a%zz'])(
    'has no %s',
    async (name) => {
      const response = await get(`/models/${name}`)
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ error: { code: 'model_not_found', param: 'model' } })
    }
  )
})

describe('a name leads to', () => {
  it.each([
    ['a model of a provider', 'fake/fake-model', 'fake-model', 'Fake'],
    ['a model whose own name has a slash and a space', 'fake/org/fake model', 'org/fake%20model', 'Fake'],
    ['a model on a server', 'ollama/Attic room/llama-test:8b', 'llama-test:8b', 'Ollama'],
    ['the same with other capitals', 'ollama/ATTIC ROOM/llama-test:8b', 'llama-test:8b', 'Ollama'],
    ['a model on the best server', 'ollama/llama-test:8b', 'llama-test:8b', 'Ollama'],
    ['a role of a preset', 'preset/Gothic nights/guard', 'llama-test:8b', 'Ollama'],
    ['the Writer, for a role that is off', 'preset/gothic nights/director', 'fake-model', 'Fake'],
    ['reusable settings', 'config/backup', 'llama-test:8b', 'Ollama'],
    ['a model by its name alone', 'fake-model', 'fake-model', 'Fake'],
    ['a model by its name alone, with a slash in it', 'org/fake model', 'org/fake%20model', 'Fake'],
    ['reusable settings by their name alone', 'Backup', 'llama-test:8b', 'Ollama'],
  ])('%s: %s', async (_what, name, model, provider) => {
    expect(await ask(name)).toMatchObject({ status: 200, model: model.replaceAll('%20', ' '), provider })
  })

  it('a server by its address, saved or not, plain or encoded', async () => {
    const { ollama } = stage
    const elsewhere = await startFakeOllama({ models: [{ name: 'far-test:1b' }] })
    const known = ollama.chats().length
    expect(await ask(`ollama/${ollama.url}/llama-test:8b`)).toMatchObject({ status: 200, provider: 'Ollama' })
    expect(ollama.chats()).toHaveLength(known + 1)
    expect(await ask(`ollama/${elsewhere.url}/far-test:1b`)).toMatchObject({ status: 200, model: 'far-test:1b' })
    expect(await ask(`ollama/${encodeURIComponent(`${elsewhere.url}/`)}/far-test:1b`)).toMatchObject({ status: 200 })
    expect(elsewhere.chats()).toHaveLength(2)
    expect(await stage.app.ask('servers.list', {})).toHaveLength(1)
    await elsewhere.stop()
  })

  it('nothing where several are called so, and it says what they are called in full', async () => {
    const { app, provider } = stage
    const twin = await app.ask('modelConfigs.create', {
      name: 'fake-model',
      kind: 'chat',
      settings: { providerId: provider.id, model: 'fake-model' },
    })
    const { status, code, message } = await ask('fake-model')
    expect({ status, code }).toEqual({ status: 404, code: 'model_not_found' })
    expect(message).toContain('config/fake-model, fake/fake-model')
    // A key that may use one of them means that one, and hears of no other.
    stage.gateway.allow((id) => id === 'fake/fake-model')
    expect(await ask('fake-model')).toMatchObject({ status: 200, model: 'fake-model' })
    stage.gateway.allow(() => true)
    await app.ask('modelConfigs.delete', { id: twin.id })
  })

  it('nothing where it is misspelt, and says what may have been meant that the key may use', async () => {
    expect(await ask('Fake/fake model')).toMatchObject({
      status: 404,
      message: expect.stringContaining('`fake/fake-model`'),
    })
    stage.gateway.allow((id) => id.startsWith('preset/'))
    const { message } = await ask('Fake/fake model')
    expect(message).not.toContain('fake/fake-model')
    stage.gateway.allow(() => true)
  })

  it('nothing where it is switched off', async () => {
    const { app } = stage
    const id = 'fake/org/fake model'
    await app.ask('models.update', { id, patch: { enabled: false } })
    expect(await ask(id)).toMatchObject({ status: 403, code: 'model_disabled' })
    expect(await listed()).not.toContain(id)
    const one = await get(`/models/${encodeURIComponent(id)}`)
    expect(one.status).toBe(403)
    expect(await one.json()).toMatchObject({ error: { code: 'model_disabled' } })
    await app.ask('models.update', { id, patch: { enabled: true } })
  })

  it('nothing for a role that is off and that the Writer does not stand in for', async () => {
    const { app, preset } = stage
    await app.ask('presets.update', {
      id: preset.id,
      patch: { fallback: { ...preset.fallback, useMainForUnset: false } },
    })
    expect(await ask('preset/Gothic nights/director')).toMatchObject({ status: 403, code: 'model_disabled' })
    await app.ask('presets.update', { id: preset.id, patch: { fallback: preset.fallback } })
  })

  it.each(['nothing', 'fake/nothing', 'nobody/fake-model', 'preset/Gothic nights/nobody', 'preset/main', '/', 'a/'])(
    'nothing: %s',
    async (name) => {
      expect(await ask(name)).toMatchObject({ status: 404, code: 'model_not_found' })
    }
  )
})

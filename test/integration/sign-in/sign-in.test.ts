import { readdirSync, readFileSync, statSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { ProviderId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import { startCallback } from '@main/features/providers/sign-in-callback'
import { rejection } from '@test/helpers/connect'
import { startFakeSignIn, type FakeSignIn } from '@test/helpers/fake-sign-in'
import { jsonReply, resetReply } from '@test/helpers/fake-server'
import { createGate } from '@test/helpers/gate'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { providerOf } from '@test/helpers/test-story'

const KEY = 'sk-or-v1-planted-by-sign-in-9f8e7d6c5b4a'

let app: TestCore
let site: FakeSignIn
let providerId: ProviderId
beforeEach(async () => {
  app = await startTestCore()
  onTestFinished(() => app.close())
  site = await startFakeSignIn(KEY)
  onTestFinished(() => site.stop())
  providerId = (await providerOf(app, 'openrouter')).id
  await app.ask('providers.update', { id: providerId, patch: { baseUrl: site.url } })
})

const begin = () => app.ask('tokens.signIn', { providerId, name: 'OpenRouter' })
const stateOf = (signInId: string) => app.ask('tokens.signInState', { signInId })

/** The user's browser goes to an address. The name localhost is this computer, whatever else it may be called. */
const browse = (url: URL | string) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const { port, pathname, search } = new URL(url)
    const asked = httpRequest({ host: '127.0.0.1', port, path: pathname + search }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (piece: string) => (text += piece))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    asked.on('error', reject)
    asked.end()
  })

/** How a sign-in ended. */
async function outcome(signInId: string): Promise<Exclude<RouteOutput<'tokens.signInState'>, { state: 'waiting' }>> {
  for (;;) {
    const seen = app.events.length
    const state = await stateOf(signInId)
    if (state.state !== 'waiting') return state
    await app.event(
      'data.changed',
      (payload) => app.events.slice(seen).some((one) => one.payload === payload) && payload.topics.includes('tokens')
    )
  }
}
const exchanges = () => site.requestsTo('/auth/keys')
const failed = (code: string) => ({ state: 'failed', error: expect.objectContaining({ code }) })

describe('signing in', () => {
  it('gives a key to whoever began it, by a challenge that only they can meet', async () => {
    const { signInId, url } = await begin()
    expect(url.startsWith('https://openrouter.ai/auth?')).toBe(true)
    const page = site.open(url)
    expect(page.callback.hostname).toBe('localhost')
    expect(await stateOf(signInId)).toEqual({ state: 'waiting' })
    expect(await browse(site.agree(page))).toMatchObject({ status: 200 })
    const ended = await outcome(signInId)
    expect(ended).toMatchObject({
      state: 'done',
      token: { name: 'OpenRouter', last4: '5b4a', state: 'active', providerId },
    })
    expect(exchanges()).toHaveLength(1)
    expect(exchanges()[0]?.headers['authorization']).toBeUndefined()
    // The new key brings the models of its provider.
    expect((await site.nextRequest('/models')).headers['authorization']).toBe(`Bearer ${KEY}`)
  })

  it('keeps the key where only the vault reads it, and tells nobody', async () => {
    const { signInId, url } = await begin()
    await browse(site.agree(site.open(url)))
    const said = [await outcome(signInId), await app.ask('tokens.list', {}), app.events]
    expect(JSON.stringify(said)).not.toContain(KEY)
    const files = readdirSync(app.dataDir, { recursive: true, encoding: 'utf8' })
      .map((name) => join(app.dataDir, name))
      .filter((path) => statSync(path).isFile())
    expect(files.length).toBeGreaterThan(1)
    const forms = [KEY, Buffer.from(KEY).toString('base64').slice(0, 40), Buffer.from(KEY).toString('hex')]
    const withKey = files.filter((path) => forms.some((form) => readFileSync(path).includes(form)))
    expect(withKey).toEqual([])
  })

  it('answers only on the path that was given away, once, and survives what else comes to its port', async () => {
    const { signInId, url } = await begin()
    const page = site.open(url)
    const { origin, port } = page.callback
    for (const path of ['/', '/callback/', '/callback/wrong?code=stolen', '/favicon.ico'])
      expect(await browse(`${origin}${path}`)).toEqual({ status: 404, text: '' })
    for (const line of ['GET // HTTP/1.1', 'GET http://[ HTTP/1.1', 'OPTIONS * HTTP/1.1', 'nonsense'])
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () =>
          socket.write(`${line}\r\nHost: x\r\nConnection: close\r\n\r\n`)
        )
        socket.on('close', () => resolve()).resume()
      })
    expect(await stateOf(signInId)).toEqual({ state: 'waiting' })
    expect(exchanges()).toEqual([])
    await browse(site.agree(page))
    await outcome(signInId)
    expect(await rejection(browse(site.agree(page)))).toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('fails when the user says no', async () => {
    const { signInId, url } = await begin()
    const { callback } = site.open(url)
    callback.searchParams.set('error', 'access_denied')
    expect((await browse(callback)).status).toBe(400)
    expect(await outcome(signInId)).toEqual(failed('sign_in_refused'))
    expect(exchanges()).toEqual([])
    expect(await app.ask('tokens.list', {})).toEqual([])
  })

  it('fails with a code that was made for someone else', async () => {
    const { signInId, url } = await begin()
    const page = site.open(url)
    await browse(site.agree({ ...page, challenge: 'x'.repeat(43) }))
    expect(await outcome(signInId)).toMatchObject({
      state: 'failed',
      error: { code: 'sign_in_refused', details: { status: 403 } },
    })
  })

  it.each([
    ['nothing', jsonReply({}), 'sign_in_refused'],
    ['a key that is none', jsonReply({ key: 'two words\r\n' }), 'sign_in_refused'],
    ['something else than JSON', { status: 200, headers: {}, steps: ['<html>'] }, 'sign_in_refused'],
    ['a connection that breaks', resetReply(), 'provider_unreachable'],
    [
      'a body that is not what its head says',
      { status: 200, headers: { 'content-encoding': 'gzip' }, steps: ['never packed'] },
      'provider_bad_answer',
    ],
  ])('fails when the exchange gives %s', async (_name, reply, code) => {
    const { signInId, url } = await begin()
    site.answerWith(reply)
    await browse(site.agree(site.open(url)))
    expect(await outcome(signInId)).toEqual(failed(code))
    expect(await app.ask('tokens.list', {})).toEqual([])
  })

  it('is refused for the second key of the same secret, naming the first', async () => {
    await app.ask('tokens.add', { providerId, name: 'Mine', secret: KEY })
    const { signInId, url } = await begin()
    await browse(site.agree(site.open(url)))
    expect(await outcome(signInId)).toMatchObject({
      state: 'failed',
      error: { code: 'token_duplicate', details: { name: 'Mine' } },
    })
  })

  it('gives up in time', async () => {
    const callback = await startCallback('OpenRouter', 1)
    expect(await rejection(callback.code)).toMatchObject({ code: 'sign_in_timed_out', retryable: true })
    expect(await rejection(browse(callback.url))).toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('that is called off leaves nothing: no listener, no key', async () => {
    const { signInId, url } = await begin()
    const page = site.open(url)
    await app.ask('tokens.cancelSignIn', { signInId })
    expect(await rejection(browse(site.agree(page)))).toMatchObject({ code: 'ECONNREFUSED' })
    expect(await app.refusal('tokens.signInState', { signInId })).toMatchObject({ code: 'not_found' })
  })

  it('that is called off while the key is fetched leaves no key either', async () => {
    const { signInId, url } = await begin()
    const gate = createGate()
    site.answerWith(gate)
    await browse(site.agree(site.open(url)))
    await gate.reached
    await app.ask('tokens.cancelSignIn', { signInId })
    const [exchange] = exchanges()
    await exchange?.ended
    expect(exchange?.closedEarly).toBe(true)
    gate.open()
    expect(await app.ask('tokens.list', {})).toEqual([])
  })

  it('that is begun twice waits for the second page alone', async () => {
    const first = await begin()
    const second = await begin()
    expect(await outcome(first.signInId)).toEqual(failed('sign_in_refused'))
    expect(await rejection(browse(site.agree(site.open(first.url))))).toMatchObject({ code: 'ECONNREFUSED' })
    await browse(site.agree(site.open(second.url)))
    expect(await outcome(second.signInId)).toMatchObject({ state: 'done' })
    expect(await app.ask('tokens.list', {})).toHaveLength(1)
  })

  it('does not take a key from one address to another', async () => {
    const { signInId, url } = await begin()
    const gate = createGate()
    site.answerWith(gate)
    await browse(site.agree(site.open(url)))
    await gate.reached
    await app.ask('providers.update', { id: providerId, patch: { baseUrl: 'http://127.0.0.1:9/v1' } })
    gate.open()
    expect(await outcome(signInId)).toMatchObject({
      state: 'failed',
      error: { code: 'sign_in_refused', details: { reason: 'address_changed' } },
    })
    expect(await app.ask('tokens.list', {})).toEqual([])
  })

  it('is not offered where the provider has none', async () => {
    const { id } = await providerOf(app, 'openai')
    expect(await app.refusal('tokens.signIn', { providerId: id, name: 'x' })).toMatchObject({ code: 'not_found' })
  })
})

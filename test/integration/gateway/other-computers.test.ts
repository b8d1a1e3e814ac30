import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '@test/helpers/free-port'
import { anyKey } from '@test/helpers/gateway-keys-stage'
import { HERE, otherComputer, otherComputerMissing, type OtherComputer } from '@test/helpers/other-computer'
import { startTestCore, type TestCore } from '@test/helpers/test-core'

const because = otherComputerMissing === null ? '' : ` (skipped: ${otherComputerMissing})`

describe.skipIf(otherComputerMissing !== null)(`another computer in the network${because}`, () => {
  let app: TestCore
  let other: OtherComputer
  let port = 0
  let key = ''
  beforeAll(async () => {
    ;[app, other] = await Promise.all([startTestCore(), otherComputer()])
    port = await freePort()
    await app.ask('gateway.change', { port, keyNeeded: false })
    await app.ask('gateway.switch', { on: true })
    key = (await app.ask('gateway.createKey', anyKey('Tablet'))).key
  })
  afterAll(async () => {
    await app.close()
    await other.remove()
  })

  const listModels = (headers: Record<string, string> = {}, method = 'GET') => {
    const all = { host: `${HERE}:${port}`, connection: 'close', ...headers }
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
    return other.ask(port, `${method} /v1/models HTTP/1.1\r\n${lines.join('')}\r\n`)
  }
  const withKey = () => ({ authorization: `Bearer ${key}` })

  it('does not reach a gateway that listens on loopback', async () => {
    expect(await listModels(withKey())).toBe('ECONNREFUSED')
  })

  it.each([HERE, '0.0.0.0'])('asks at %s with a key alone, whatever is said of this computer', async (address) => {
    const { settings, url } = await app.ask('gateway.change', { address })
    expect(settings.keyNeeded).toBe(false)
    expect(url).toContain(`:${port}/v1`)
    expect(await listModels()).toMatch(/^HTTP\/1\.1 401 .*invalid_api_key/s)
    expect(await listModels({ authorization: 'Bearer sk-anything' })).toMatch(/^HTTP\/1\.1 401 /)
    expect(await listModels(withKey())).toMatch(/^HTTP\/1\.1 200 .*"demo\/demo-novelist"/s)
  })

  it('is refused by a name that is none of this computer, and for a page in a browser', async () => {
    expect(await listModels({ ...withKey(), host: `rebound.example:${port}` })).toMatch(
      /^HTTP\/1\.1 403 .*host_not_allowed/s
    )
    const page = { ...withKey(), origin: 'http://10.231.7.2' }
    const asked = await listModels(page)
    expect(asked).toMatch(/^HTTP\/1\.1 403 .*origin_not_allowed/s)
    expect(asked).not.toMatch(/access-control-/i)
    expect(await listModels({ ...page, 'access-control-request-method': 'GET' }, 'OPTIONS')).toMatch(/^HTTP\/1\.1 403 /)
  })

  it('is answered again when this computer has lost the address, and said so, and got it back', async () => {
    await app.ask('gateway.change', { address: HERE })
    await other.loseAddress()
    const state = () => app.ask('gateway.get', {})
    await expect.poll(state, { timeout: 30_000 }).toMatchObject({
      switchedOn: true,
      url: null,
      problem: { code: 'gateway_address_gone', details: { address: HERE } },
    })
    await other.regainAddress()
    await expect.poll(state, { timeout: 30_000 }).toMatchObject({ url: `http://${HERE}:${port}/v1`, problem: null })
    expect(await listModels(withKey())).toMatch(/^HTTP\/1\.1 200 /)
  })
})

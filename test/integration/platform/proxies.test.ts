import { createServer, request, type IncomingMessage, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFetchWithin } from '@main/platform/http-fetch'
import { createProxyFor, type ProxyFor } from '@main/platform/proxies'
import { networkFault } from '@main/providers/kit/network-codes'

/** A name that no server has: what reaches one for it came through the proxy. */
const ELSEWHERE = 'http://models.invalid/v1/models'
const ELSEWHERE_TLS = 'https://models.invalid/v1/models'

const listen = async (server: Server) => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

let target: Server
let proxy: Server
let targetHost: string
let proxyHost: string
/** What the proxy was asked for. */
let asked: string[]
let wantsPassword: boolean
beforeEach(async () => {
  for (const name of ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'])
    for (const written of [name, name.toUpperCase()]) vi.stubEnv(written, undefined)
  asked = []
  wantsPassword = false
  target = createServer((_request, response) => response.end('reached'))
  targetHost = await listen(target)
  proxy = createServer((incoming, response) => {
    if (isRefused(incoming)) return void response.writeHead(407).end()
    asked.push(`${incoming.method} ${incoming.url}`)
    const outgoing = request(`http://${targetHost}`, (answer) => void answer.pipe(response))
    outgoing.end()
  })
  proxy.on('connect', (incoming: IncomingMessage, socket) => {
    asked.push(`CONNECT ${incoming.url}`)
    if (isRefused(incoming)) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    // The target speaks no TLS: the handshake fails, but only after the proxy let it through.
    const [host = '', port] = targetHost.split(':')
    const through = connect(Number(port), host, () => void socket.write('HTTP/1.1 200 Connected\r\n\r\n'))
    through.pipe(socket).pipe(through)
    for (const end of [through, socket]) end.on('error', () => undefined)
  })
  proxyHost = await listen(proxy)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const server of [target, proxy]) {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
})

const isRefused = ({ headers }: IncomingMessage) =>
  wantsPassword && headers['proxy-authorization'] !== `Basic ${Buffer.from('vera:open sesame').toString('base64')}`
const reading: RequestInit = {}
/** As models are asked. */
const asking: RequestInit = { method: 'POST', headers: { accept: '*/*' }, body: '{}', redirect: 'manual' }

describe.each([
  ['a request', 'GET', reading],
  ['a request of text', 'POST', asking],
])('%s', (_name, method, init) => {
  const get = async (url: string, proxyFor = createProxyFor(null)) =>
    (await createFetchWithin(proxyFor)()(url, init)).text()

  it('goes through the proxy of the environment, also one that is named as in curl', async () => {
    vi.stubEnv('HTTP_PROXY', `http://${proxyHost}`)
    expect(await get(ELSEWHERE)).toBe('reached')
    vi.stubEnv('HTTP_PROXY', proxyHost)
    expect(await get(ELSEWHERE)).toBe('reached')
    expect(asked).toEqual([`${method} ${ELSEWHERE}`, `${method} ${ELSEWHERE}`])
  })

  it('for TLS goes through a tunnel', async () => {
    vi.stubEnv('https_proxy', `http://${proxyHost}`)
    await expect(get(ELSEWHERE_TLS)).rejects.toThrow('fetch failed')
    expect(asked).toEqual(['CONNECT models.invalid:443'])
  })

  it('to this computer, or to what NO_PROXY names, goes straight', async () => {
    vi.stubEnv('ALL_PROXY', `http://${proxyHost}`)
    const { port } = new URL(`http://${targetHost}`)
    expect(await get(`http://${targetHost}/`)).toBe('reached')
    expect(await get(`http://localhost:${port}/`)).toBe('reached')
    vi.stubEnv('NO_PROXY', '.invalid')
    await expect(get(ELSEWHERE)).rejects.toThrow('fetch failed')
    expect(asked).toEqual([])
  })

  it('goes through the proxy that the system names where the environment names none', async () => {
    const system = vi.fn<ProxyFor>(async () => `http://${proxyHost}`)
    expect(await get(ELSEWHERE, createProxyFor(system))).toBe('reached')
    expect(await get(`http://${targetHost}/`, createProxyFor(system))).toBe('reached')
    expect(system.mock.calls).toEqual([[ELSEWHERE]])
  })

  it('sends the name and password of the proxy, and only to it', async () => {
    wantsPassword = true
    vi.stubEnv('HTTP_PROXY', `http://vera:open%20sesame@${proxyHost}`)
    expect(await get(ELSEWHERE)).toBe('reached')
  })

  it.each([
    ['without TLS', ELSEWHERE],
    ['with TLS', ELSEWHERE_TLS],
  ])('that the proxy refuses %s is told as that, and without the password', async (_what, url) => {
    wantsPassword = true
    vi.stubEnv('ALL_PROXY', `http://vera:wrong@${proxyHost}`)
    const error = await get(url).catch((thrown: unknown) => thrown)
    expect(String(error)).toContain(`The proxy ${proxyHost} refused the request`)
    expect(networkFault(error)).toMatchObject({ code: 'provider_unreachable', reason: 'PROXY_REFUSED' })
    expect(JSON.stringify(error)).not.toContain('wrong')
  })

  it('that nothing takes at the address of the proxy is one to somebody out of reach', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:1')
    expect(networkFault(await get(ELSEWHERE).catch((error: unknown) => error))?.code).toBe('provider_unreachable')
  })
})

import { expect, it } from 'vitest'
import { firstProxy } from '@main/platform/proxies'

it.each([
  ['DIRECT', null],
  ['', null],
  ['PROXY proxy.example:3128', 'http://proxy.example:3128'],
  ['PROXY a:1; PROXY b:2; DIRECT', 'http://a:1'],
  ['HTTPS secure.example:443', 'https://secure.example:443'],
  ['SOCKS4 old:1080; SOCKS5 new:1080', 'socks5://new:1080'],
  ['SOCKS4 old:1080; DIRECT; PROXY never:1', null],
  ['QUIC q:443;PROXY [::1]:8080', 'http://[::1]:8080'],
])('of the answer %j the first proxy that can be used is %s', (answer, proxy) => {
  expect(firstProxy(answer)).toBe(proxy)
})

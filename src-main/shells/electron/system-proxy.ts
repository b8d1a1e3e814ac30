import { session } from 'electron'
import type { ProxyFor } from '@main/platform/proxies'

/** What Chromium calls the kinds of proxies in the answer to `resolveProxy`. SOCKS 4 is spoken by nothing here. */
const schemes: Record<string, string> = { PROXY: 'http', HTTPS: 'https', SOCKS: 'socks5', SOCKS5: 'socks5' }

/**
 * The proxy of an answer as in a PAC file, such as `PROXY proxy:3128; DIRECT`: the first that can be used, or null.
 * https://developer.mozilla.org/docs/Web/HTTP/Guides/Proxy_servers_and_tunneling/Proxy_Auto-Configuration_PAC_file
 */
export function firstProxy(answer: string): string | null {
  for (const entry of answer.split(';')) {
    const [kind = '', address] = entry.trim().split(/\s+/)
    if (kind === 'DIRECT') return null
    const scheme = schemes[kind]
    if (scheme && address) return `${scheme}://${address}`
  }
  return null
}

/** Asks Chromium, which knows the system's settings and its PAC file. */
export const systemProxy: ProxyFor = async (url) => firstProxy(await session.defaultSession.resolveProxy(url))

import { getProxyForUrl } from 'proxy-from-env'
import { isLoopback } from '@contract/addresses'

/** The address of the proxy that a request to `url` goes through, or null where it goes straight. */
export type ProxyFor = (url: string) => Promise<string | null>

/**
 * What the environment says (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY), else what the system says where the shell can
 * ask it. Requests to this computer never go through a proxy.
 */
export function createProxyFor(systemProxy: ProxyFor | null): ProxyFor {
  return async (url) => {
    if (isLoopback(url)) return null
    const named = getProxyForUrl(url) || (await systemProxy?.(url)) || null
    // A proxy may be named as in curl, without a scheme.
    return named !== null && !named.includes('://') ? `http://${named}` : named
  }
}

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

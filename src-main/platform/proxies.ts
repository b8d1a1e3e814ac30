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

import { isIP } from 'node:net'

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'] as const

/** Every address of this computer. */
const ANY = new Set(['0.0.0.0', '::'])

/** Whether only programs on this computer reach what listens on an address. */
export const isLoopback = (address: string): boolean =>
  address === 'localhost' || address === '::1' || (isIP(address) === 4 && address.startsWith('127.'))

/** An address as it stands in a URL: IPv6 in brackets. */
export const inUrl = (address: string): string => (isIP(address) === 6 ? `[${address}]` : address)

/**
 * Whether a request may name its host so. Browsers let a web page ask whatever its own name leads to, and its owner may let
 * that name lead here (DNS rebinding); such a request still names the page's host. So names of this computer are taken, the
 * address that is listened on, further names that the user gave, and nothing else. Where all addresses are listened on, any
 * address is taken: a name is what can be made to lead elsewhere, an address is not.
 *
 * @param address the one that is listened on
 * @param names further names without a port, in lower case
 */
export function createHostCheck(address: string, port: number, names: readonly string[]) {
  const known = new Set([...LOOPBACK, inUrl(address), ...names].map((name) => name.toLowerCase()))
  return (host: string | undefined): boolean => {
    const parts = /^(\[[0-9a-f:.]+\]|[^:]+)(?::(\d{1,5}))?$/i.exec(host ?? '')
    const name = parts?.[1]?.toLowerCase()
    // Without a port a client means the one of HTTP.
    if (name === undefined || Number(parts?.[2] ?? 80) !== port) return false
    return known.has(name) || (ANY.has(address) && isIP(name.replaceAll(/[[\]]/g, '')) !== 0)
  }
}

/** Ollama's own port, and the ports that belong to a bare scheme. */
const DEFAULT_PORT = '11434'
const SCHEME_PORTS: Record<string, string> = { 'http:': '80', 'https:': '443' }

export const LOCAL_OLLAMA = `http://127.0.0.1:${DEFAULT_PORT}`

/**
 * The address that a value of OLLAMA_HOST means, or null when it means none. Forms: `host`, `host:port`, `:port`,
 * `scheme://host:port/path`, IPv6 in brackets or bare, quotes around. Without a scheme the port is 11434 unless given;
 * with one it is the scheme's. An address to listen on (`0.0.0.0`, `::`) is reached at this computer.
 */
export function ollamaAddress(value: string): string | null {
  const text = value.trim().replace(/^["']+|["']+$/g, '')
  if (text === '') return null
  const scheme = /^(https?):\/\//i.exec(text)?.[0].toLowerCase()
  if (!scheme && text.includes('://')) return null
  const rest = text.slice(scheme?.length ?? 0)
  const slash = rest.indexOf('/')
  const authority = slash < 0 ? rest : rest.slice(0, slash)
  const path = slash < 0 ? '' : rest.slice(slash)
  const parts = splitAuthority(authority)
  if (!parts) return null
  const protocol = scheme ? scheme.slice(0, -2) : 'http:'
  const port = parts.port || (scheme ? SCHEME_PORTS[protocol] : DEFAULT_PORT)
  const host = ['', '0.0.0.0', '[::]'].includes(parts.host) ? '127.0.0.1' : parts.host
  const address = `${protocol}//${host}:${port}${path}`
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return null
  return (url.origin + url.pathname).replace(/\/+$/, '')
}

function splitAuthority(authority: string): { host: string; port: string } | null {
  const bracketed = /^(\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/i.exec(authority)
  if (bracketed) return { host: bracketed[1] ?? '', port: bracketed[2] ?? '' }
  if (/^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f.]*$/i.test(authority)) return { host: `[${authority}]`, port: '' }
  const plain = /^([^:@\s]*)(?::(\d{1,5}))?$/.exec(authority)
  return plain ? { host: plain[1] ?? '', port: plain[2] ?? '' } : null
}

/** An address without slashes at its end. */
export const plainAddress = (url: string): string => url.replace(/\/+$/, '')

/** Whether two addresses are one place: `localhost` and 127.0.0.1 are the same computer. */
export const isSamePlace = (a: string, b: string): boolean =>
  plainAddress(a).replace('//localhost', '//127.0.0.1') === plainAddress(b).replace('//localhost', '//127.0.0.1')

import { sameJson } from '@contract/json'
import type { NewServer, NewServerAuth, Server, ServerPatch } from '@contract/entities/server'
import { NewServer as NewServerSchema } from '@contract/entities/server'

/** A server as it stands in the form. */
export interface ServerDraft {
  name: string
  url: string
  authType: NewServerAuth['type']
  username: string
  header: string
  secret: string
  /** Empty: no limit. */
  maxConcurrent: number | ''
}

export type DraftField = 'name' | 'url' | 'username' | 'header' | 'secret' | 'maxConcurrent'

/** The header that most proxies take. */
const USUAL_HEADER = 'X-API-Key'

export const draftOf = (server: Server | undefined): ServerDraft => ({
  name: server?.name ?? '',
  url: server?.url ?? '',
  authType: server?.auth.type ?? 'none',
  username: server?.auth.type === 'basic' ? server.auth.username : '',
  header: server?.auth.type === 'header' ? server.auth.header : USUAL_HEADER,
  secret: '',
  maxConcurrent: server?.maxConcurrent ?? '',
})

/** `192.168.1.5:11434` as people type it, with the scheme that they leave out. */
const withScheme = (typed: string) => (/^[a-z]+:\/\//i.test(typed.trim()) ? typed.trim() : `http://${typed.trim()}`)

const plain = (url: string) => url.replace(/\/+$/, '')

function authOf({ authType, username, header, secret }: ServerDraft): NewServerAuth {
  const given = secret === '' ? {} : { secret }
  switch (authType) {
    case 'none':
      return { type: 'none' }
    case 'basic':
      return { type: 'basic', username, ...given }
    case 'bearer':
      return { type: 'bearer', ...given }
    case 'header':
      return { type: 'header', header, ...given }
  }
}

/** Whether the secret must be typed: nothing is stored that fits this address and kind of auth. */
export function wantsSecret(draft: ServerDraft, server: Server | undefined): boolean {
  if (draft.authType === 'none') return false
  if (!server || server.auth.type !== draft.authType || server.needsSecret) return true
  return plain(withScheme(draft.url)) !== server.url
}

const fieldOf = (path: readonly PropertyKey[]): DraftField => {
  const last = path.at(-1)
  const fields: readonly DraftField[] = ['name', 'url', 'username', 'header', 'secret', 'maxConcurrent']
  return fields.find((field) => field === last) ?? 'url'
}

/**
 * The server that a draft describes, or the fields that cannot be taken.
 * @param complete a secret that is missing is wrong too: for saving, not for a test
 */
export function readDraft(
  draft: ServerDraft,
  server: Server | undefined,
  complete: boolean
): { input: NewServer & { auth: NewServerAuth }; patch: ServerPatch } | { wrong: DraftField[] } {
  const url = withScheme(draft.url)
  const name = draft.name.trim() || (URL.canParse(url) ? new URL(url).host : '')
  const auth = authOf(draft)
  const maxConcurrent = draft.maxConcurrent === '' ? null : draft.maxConcurrent
  const parsed = NewServerSchema.safeParse({ name, url, auth, maxConcurrent })
  if (!parsed.success) return { wrong: [...new Set(parsed.error.issues.map(({ path }) => fieldOf(path)))] }
  if (complete && draft.secret === '' && wantsSecret(draft, server)) return { wrong: ['secret'] }
  // A plain form sends the auth only when it is new: sending it would make main forget what it knows of the server.
  const same = server && draft.secret === '' && sameJson(auth, server.auth)
  return {
    input: { name, url, auth, maxConcurrent },
    patch: { name, url, maxConcurrent, ...(same ? {} : { auth }) },
  }
}

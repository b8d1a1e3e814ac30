import type { RecordedRequest, Reply } from './fake-server'
import { ollamaReply } from './ollama-reply'

/** What a proxy before Ollama wants. */
export type FakeOllamaAuth =
  | { bearer: string }
  | { basic: { username: string; password: string } }
  | { header: string; key: string }

/** 401 for a request without the right credentials. It says what it got, as careless servers do. */
export function refusalOf(auth: FakeOllamaAuth | null, request: RecordedRequest): Reply | null {
  if (auth === null) return null
  const { name, value } = expected(auth)
  const given = request.headers[name]
  return given === value ? null : ollamaReply.error(401, `unauthorized: ${given ?? 'no key'}`)
}

function expected(auth: FakeOllamaAuth): { name: string; value: string } {
  if ('bearer' in auth) return { name: 'authorization', value: `Bearer ${auth.bearer}` }
  if ('basic' in auth) {
    const { username, password } = auth.basic
    return {
      name: 'authorization',
      value: `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`,
    }
  }
  return { name: auth.header.toLowerCase(), value: auth.key }
}

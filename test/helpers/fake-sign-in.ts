import { createHash } from 'node:crypto'
import { z } from 'zod'
import { jsonReply, startFakeServer, type FakeServer, type RecordedRequest, type Reply } from './fake-server'
import type { Gate } from './gate'

const Exchange = z.strictObject({
  code: z.string(),
  code_verifier: z.string().regex(/^[A-Za-z0-9\-._~]{43,128}$/),
  code_challenge_method: z.literal('S256'),
})

/** The page that the user's browser is sent to, and what it says. */
export interface SignInPage {
  callback: URL
  challenge: string
}

export interface FakeSignIn extends FakeServer {
  /** The base URL to give to the provider. */
  url: string
  /** Reads the address that the browser would open; throws when it is not as RFC 7636 wants it. */
  open(url: string): SignInPage
  /** The user agrees: gives the address that their browser is sent back to, with a code. */
  agree(page: SignInPage): URL
  /** The next exchange gets this answer, or waits at a gate first. */
  answerWith(reply: Reply | Gate): void
}

/** OpenRouter's sign-in: codes are bound to a challenge, and a key is given only to who knows its verifier, once. */
export async function startFakeSignIn(key: string): Promise<FakeSignIn> {
  const challenges = new Map<string, string>()
  const scripted: (Reply | Gate)[] = []
  let codes = 0

  const exchange = (request: RecordedRequest): Reply => {
    const { code, code_verifier: verifier } = Exchange.parse(request.body)
    const next = scripted.shift()
    if (next && 'status' in next) return next
    const expected = challenges.get(code)
    challenges.delete(code)
    const given = createHash('sha256').update(verifier).digest('base64url')
    const reply =
      expected === given ? jsonReply({ key, user_id: null }) : jsonReply({ error: { message: 'Invalid code' } }, 403)
    return next ? { ...reply, steps: [{ wait: next }, ...reply.steps] } : reply
  }
  const server = await startFakeServer((request) =>
    request.method === 'POST' && request.path === '/api/v1/auth/keys' ? exchange(request) : jsonReply({ data: [] })
  )
  return {
    ...server,
    url: `${server.origin}/api/v1`,
    open: (url) => {
      const { searchParams } = new URL(url)
      const asked = z
        .strictObject({
          callback_url: z.url(),
          code_challenge: z.string().length(43),
          code_challenge_method: z.literal('S256'),
        })
        .parse(Object.fromEntries(searchParams))
      return { callback: new URL(asked.callback_url), challenge: asked.code_challenge }
    },
    agree: ({ callback, challenge }) => {
      const code = `code-${(codes += 1)}`
      challenges.set(code, challenge)
      const back = new URL(callback)
      back.searchParams.set('code', code)
      return back
    },
    answerWith: (reply) => void scripted.push(reply),
  }
}

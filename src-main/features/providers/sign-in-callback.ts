import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { FabulaError, SignInError } from '@contract/errors'

export interface Callback {
  /** Where the provider sends the user's browser back to. */
  url: string
  /** The code that came back. Rejects with `sign_in_timed_out`, or `sign_in_refused` when the provider says no. */
  code: Promise<string>
  stop: () => void
}

/** What the user's browser shows in the end; it has no script and loads nothing. */
const page = (text: string) =>
  `<!doctype html><meta charset="utf-8"><title>Fabula</title><body style="font:18px Georgia,serif;margin:15vh auto;max-width:32em">${text}</body>`

const DONE = 'You can close this page and go back to Fabula.<br>Можно закрыть эту страницу и вернуться в Фабулу.'
const FAILED = 'The sign-in did not succeed. Go back to Fabula.<br>Вход не удался. Вернитесь в Фабулу.'

/**
 * Listens on a free loopback port for the end of one sign-in. The path holds a random state, so that no other page can
 * end it; it serves one answer and closes.
 *
 * @param provider whose sign-in it is, by name
 * @param waitMs milliseconds until it gives up
 */
export async function startCallback(provider: string, waitMs: number): Promise<Callback> {
  // Loaded here: it takes Node longer than most of what a start needs (test/unit/providers/lazy-loading.test.ts).
  const { createServer } = await import('node:http')
  const state = randomBytes(24).toString('base64url')
  const expected = Buffer.from(`/callback/${state}`)
  const server = createServer()
  let timer: NodeJS.Timeout | undefined
  let giveUp: (reason: FabulaError) => void = () => {}

  const code = new Promise<string>((resolve, reject) => {
    giveUp = reject
    server.on('request', (request, response) => {
      const [target = '', query = ''] = (request.url ?? '').split('?', 2)
      const path = Buffer.from(target)
      if (request.method !== 'GET' || path.length !== expected.length || !timingSafeEqual(path, expected)) {
        response.writeHead(404, { Connection: 'close' }).end()
        return
      }
      const answer = new URLSearchParams(query)
      const given = answer.get('code')
      response.writeHead(given ? 200 : 400, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
        Connection: 'close',
      })
      response.end(page(given ? DONE : FAILED))
      if (given) resolve(given)
      else
        reject(
          new FabulaError(
            SignInError.Refused,
            `${provider} answered ${answer.get('error')?.slice(0, 80) ?? 'no code'}`,
            { details: { provider } }
          )
        )
      close()
    })
  })
  // Whoever waits for the code hears of it; a sign-in that nobody waits for any more is no error of the process.
  code.catch(() => {})

  const close = () => {
    clearTimeout(timer)
    server.close()
    setImmediate(() => server.closeIdleConnections())
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  timer = setTimeout(() => {
    giveUp(
      new FabulaError(SignInError.TimedOut, 'Nobody signed in', {
        details: { provider, seconds: waitMs / 1000 },
        retryable: true,
      })
    )
    close()
  }, waitMs).unref()

  return {
    url: `http://localhost:${port}/callback/${state}`,
    code,
    stop: () => {
      giveUp(new FabulaError(SignInError.Refused, 'The sign-in was called off', { details: { provider } }))
      close()
    },
  }
}

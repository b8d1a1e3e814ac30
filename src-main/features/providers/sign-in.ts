import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Token } from '@contract/entities/token'
import { CommonError, FabulaError, SignInError } from '@contract/errors'
import type { ProviderId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import type { EventHub } from '@main/platform/event-hub'
import type { Connections } from '@main/routing/connections'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import { freeName } from '@main/settings/free-name'
import { startCallback } from './sign-in-callback'
import type { TokenList } from './token-list'

const WAIT_MS = 5 * 60_000
const EXCHANGE_LIMIT_MS = 30_000

type State = RouteOutput<'tokens.signInState'>

/** Keys by signing in: OAuth with PKCE (RFC 7636, S256) over loopback (RFC 8252), as the provider's file describes it. */
export interface SignIns {
  begin(providerId: ProviderId, name: string): Promise<RouteOutput<'tokens.signIn'>>
  state(signInId: string): State
  cancel(signInId: string): void
  /** Ends all that wait. */
  close(): void
}

export function createSignIns(ports: {
  directory: ProviderDirectory
  connections: Connections
  tokens: TokenList
  events: EventHub
}): SignIns {
  const { directory, connections, tokens, events } = ports
  const known = new Map<string, { state: State; stop: () => void }>()

  const exchange = async (provider: KnownProvider, path: string, code: string, verifier: string): Promise<string> => {
    const connection = connections.withSecret(provider, null)
    const answer = await connection.fetch(`${connection.baseUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, code_verifier: verifier, code_challenge_method: 'S256' }),
      signal: AbortSignal.timeout(EXCHANGE_LIMIT_MS),
    })
    const body = z.object({ key: z.string().min(1) }).safeParse(answer.ok ? await answer.json() : null)
    if (!body.success)
      throw new FabulaError(SignInError.Refused, `${provider.name} gave no key (${answer.status})`, {
        details: { provider: provider.name, status: answer.status },
      })
    return body.data.key
  }

  const store = (provider: KnownProvider, name: string, secret: string): Token => {
    const taken = new Set(
      tokens
        .list()
        .filter(({ providerId }) => providerId === provider.id)
        .map((token) => token.name.toLowerCase())
    )
    return tokens.add({
      providerId: provider.id,
      name: freeName(name, (one) => taken.has(one.toLowerCase())),
      secret,
    })
  }

  return {
    begin: async (providerId, name) => {
      const provider = directory.get(providerId)
      const { signIn } = provider.definition
      if (!signIn)
        throw new FabulaError(CommonError.NotFound, `${provider.name} has no sign-in`, {
          details: { path: 'providerId' },
        })
      const verifier = randomBytes(32).toString('base64url')
      const challenge = createHash('sha256').update(verifier).digest('base64url')
      const signInId = randomBytes(16).toString('base64url')
      const callback = await startCallback(WAIT_MS)

      const settle = (state: State) => {
        const entry = known.get(signInId)
        if (entry) entry.state = state
        events.changed('tokens')
      }
      known.set(signInId, { state: { state: 'waiting' }, stop: callback.stop })
      void callback.code
        .then((code) => exchange(provider, signIn.exchangePath, code, verifier))
        .then((secret) => settle({ state: 'done', token: store(provider, name, secret) }))
        .catch((error: unknown) => settle({ state: 'failed', error: failureOf(error, provider).toShape() }))

      const url = new URL(signIn.authorizeUrl)
      url.searchParams.set('callback_url', callback.url)
      url.searchParams.set('code_challenge', challenge)
      url.searchParams.set('code_challenge_method', 'S256')
      return { signInId, url: url.href }
    },
    state: (signInId) => {
      const entry = known.get(signInId)
      if (!entry)
        throw new FabulaError(CommonError.NotFound, 'This sign-in is not known', { details: { path: 'signInId' } })
      return entry.state
    },
    cancel: (signInId) => {
      known.get(signInId)?.stop()
      known.delete(signInId)
    },
    close: () => {
      for (const { stop } of known.values()) stop()
      known.clear()
    },
  }
}

const failureOf = (error: unknown, provider: KnownProvider): FabulaError =>
  error instanceof FabulaError
    ? error
    : new FabulaError(SignInError.Refused, `The sign-in at ${provider.name} failed`, {
        details: { provider: provider.name },
        cause: error,
      })

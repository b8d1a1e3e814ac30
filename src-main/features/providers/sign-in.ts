import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { freeName, takenAmong } from '@contract/names'
import { Secret, type Token } from '@contract/entities/token'
import { CommonError, FabulaError, SignInError } from '@contract/errors'
import type { ProviderId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import type { EventHub } from '@main/platform/event-hub'
import { checkedFetch } from '@main/providers/kit/checked-fetch'
import { requestFailure } from '@main/providers/kit/failures'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { Connections } from '@main/routing/connections'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import { startCallback } from './sign-in-callback'
import type { TokenList } from './token-list'

const WAIT_MS = 5 * 60_000
const EXCHANGE_LIMIT_MS = 30_000

type State = RouteOutput<'tokens.signInState'>

interface SignIn {
  providerId: ProviderId
  state: State
  /** Calls it off; nothing happens when it has ended. */
  stop: () => void
}

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
  /** Told of a provider that has a new key. */
  onKey: (providerId: ProviderId) => void
  /** Milliseconds that a sign-in waits for the user; five minutes unless given. */
  waitMs?: number
}): SignIns {
  const { directory, connections, tokens, events, onKey, waitMs = WAIT_MS } = ports
  const known = new Map<string, SignIn>()

  const exchange = async (
    provider: KnownProvider,
    path: string,
    body: { code: string; code_verifier: string },
    cancelled: AbortSignal
  ): Promise<string> => {
    const connection = connections.withSecret(provider, null)
    const signal = AbortSignal.any([cancelled, AbortSignal.timeout(EXCHANGE_LIMIT_MS)])
    try {
      const answer = await checkedFetch(connection, signal)(`${connection.baseUrl}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...body, code_challenge_method: 'S256' }),
      })
      const given = z.object({ key: Secret }).safeParse(await answer.json())
      if (given.success) return given.data.key
      throw refused(provider, `${provider.name} gave no key (${answer.status})`, { status: answer.status })
    } catch (error) {
      const status = error instanceof ProviderFailure ? error.status : null
      if (status !== null) throw refused(provider, `${provider.name} gave no key (${status})`, { status })
      if (error instanceof FabulaError || error instanceof SyntaxError) throw error
      throw requestFailure(connection, error, signal)
    }
  }

  const store = (provider: KnownProvider, name: string, secret: string): Token => {
    const others = tokens.list().filter(({ providerId }) => providerId === provider.id)
    return tokens.add({
      providerId: provider.id,
      name: freeName(name, takenAmong(others.map((token) => token.name))),
      secret,
      checked: true,
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
      // One at a time: the page of a sign-in that was begun before leads nowhere any more.
      for (const [id, one] of known)
        if (one.providerId === providerId) {
          one.stop()
          if (one.state.state !== 'waiting') known.delete(id)
        }
      const verifier = randomBytes(32).toString('base64url')
      const challenge = createHash('sha256').update(verifier).digest('base64url')
      const signInId = randomBytes(16).toString('base64url')
      const callback = await startCallback(provider.name, waitMs)
      const cancelled = new AbortController()
      const entry: SignIn = {
        providerId,
        state: { state: 'waiting' },
        stop: () => {
          callback.stop()
          cancelled.abort(refused(provider, 'The sign-in was called off'))
        },
      }
      known.set(signInId, entry)

      /** The address that the key was made for must still be the provider's: the key would go elsewhere. */
      const unchanged = () => {
        cancelled.signal.throwIfAborted()
        if (directory.find(providerId)?.baseUrl !== provider.baseUrl)
          throw refused(provider, `The address of ${provider.name} was changed`, { reason: 'address_changed' })
      }
      const keyFromCode = async (): Promise<Token> => {
        const code = await callback.code
        unchanged()
        const secret = await exchange(
          provider,
          signIn.exchangePath,
          { code, code_verifier: verifier },
          cancelled.signal
        )
        unchanged()
        const token = store(provider, name, secret)
        onKey(providerId)
        return token
      }
      const finish = async (): Promise<void> => {
        try {
          entry.state = { state: 'done', token: await keyFromCode() }
        } catch (error) {
          entry.state = { state: 'failed', error: failureOf(error, provider).toShape() }
        }
        events.changed({ topic: 'tokens', ids: [signInId] })
      }
      void finish()

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

const refused = (provider: KnownProvider, message: string, more: { reason?: string; status?: number } = {}) =>
  new FabulaError(SignInError.Refused, message, { details: { provider: provider.name, ...more } })

const failureOf = (error: unknown, provider: KnownProvider): FabulaError =>
  error instanceof FabulaError ? error : refused(provider, `The sign-in at ${provider.name} failed`)

import { ProviderError } from '@contract/errors'
import type { Server } from '@contract/entities/server'

/** How a server stands, in a word: a key of `state` in the texts. */
export type ServerState =
  | 'off'
  | 'needsSecret'
  | 'unknown'
  | 'up'
  | 'timedOut'
  | 'wrongAuth'
  | 'needsAuth'
  | 'notOllama'
  | 'down'

export function stateOf(server: Server): ServerState {
  if (!server.active) return 'off'
  if (server.needsSecret) return 'needsSecret'
  if (server.available === null) return 'unknown'
  if (server.available) return 'up'
  switch (server.problem?.code) {
    case ProviderError.TimedOut:
      return 'timedOut'
    case ProviderError.Unauthorized:
      return server.auth.type === 'none' ? 'needsAuth' : 'wrongAuth'
    case ProviderError.NotOllama:
      return 'notOllama'
    default:
      return 'down'
  }
}

/** The colour of its dot. */
export const dotOf = (state: ServerState): 'up' | 'trouble' | 'unknown' =>
  state === 'up' ? 'up' : state === 'unknown' || state === 'off' ? 'unknown' : 'trouble'

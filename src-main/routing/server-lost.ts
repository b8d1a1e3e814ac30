import { ProviderError } from '@contract/errors'
import type { ServerId } from '@contract/ids'
import type { ProviderFailure } from '@main/providers/spec/failure'

/** Told when a call could not reach the server it went to. */
export type OnServerLost = (id: ServerId, failure: ProviderFailure) => void

/** Whether a failure means that the server is not there, and another one may be. An answer, whatever it says, does not. */
export const isServerLost = ({ code, status, details }: ProviderFailure): boolean =>
  status === null &&
  (code === ProviderError.Unreachable ||
    (code === ProviderError.TimedOut && details['reason'] === 'UND_ERR_CONNECT_TIMEOUT'))

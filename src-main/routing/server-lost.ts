import { ProviderError } from '@contract/errors'
import type { ServerRow } from '@main/data/server-store'
import { CUT_OFF } from '@main/providers/kit/failures'
import type { ProviderFailure } from '@main/providers/spec/failure'

/** Told when a call could not reach a server as it stood when the call went there. */
export type OnServerLost = (server: ServerRow, failure: ProviderFailure) => void

/** Whether a failure means that the server is not there, and another one may be. An answer, whatever it says, does not. */
export const isServerLost = ({ code, status, details }: ProviderFailure): boolean =>
  status === null &&
  (code === ProviderError.Unreachable ||
    (code === ProviderError.BrokeOff && details['reason'] !== CUT_OFF) ||
    (code === ProviderError.TimedOut && details['reason'] === 'UND_ERR_CONNECT_TIMEOUT'))

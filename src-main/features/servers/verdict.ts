import type { ServerVerdict } from '@contract/entities/server'
import { ProviderError, type ErrorShape } from '@contract/errors'

/** What a failure says about a server, in a word. `asked`: a password or key went along. */
export function verdictOf({ code, details }: ErrorShape, asked: boolean): ServerVerdict['verdict'] {
  switch (code) {
    case ProviderError.Unauthorized:
      return asked ? 'wrongAuth' : 'needsAuth'
    case ProviderError.TimedOut:
      return 'timedOut'
    case ProviderError.NotOllama:
    case ProviderError.BadAnswer:
      return 'notOllama'
    case ProviderError.Unreachable:
      return unreachable(details['reason'])
    default:
      return 'failed'
  }
}

function unreachable(reason: ErrorShape['details'][string] | undefined): ServerVerdict['verdict'] {
  switch (reason) {
    case 'ECONNREFUSED':
      return 'refused'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return 'unknownHost'
    case 'redirect':
      return 'redirected'
    default:
      return 'unreachable'
  }
}

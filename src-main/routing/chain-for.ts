import type { ChainName } from '@contract/entities/preset'
import { ModelError, ProviderError, ServerError, TokenError, VaultError, type ErrorCode } from '@contract/errors'

/**
 * Which chain a failure leads to; null for those that another model cannot help. A locked vault leads along `errors`, to
 * models of this computer alone, and only where the user allows it.
 */
export function chainFor(code: ErrorCode): ChainName | null {
  switch (code) {
    case ProviderError.ContextExceeded:
      return 'contextOverflow'
    case ProviderError.Refused:
      return 'refusals'
    case ProviderError.Unreachable:
    case ProviderError.BrokeOff:
    case ProviderError.TimedOut:
    case ProviderError.Unauthorized:
    case ProviderError.PaymentRequired:
    case ProviderError.RateLimited:
    case ProviderError.Overloaded:
    case ProviderError.ModelNotFound:
    case ProviderError.RequestRejected:
    case ProviderError.ServerFailed:
    case ProviderError.BadAnswer:
    case ProviderError.EmptyAnswer:
    case ProviderError.TooLarge:
    case ProviderError.Blocked:
    case ProviderError.NoImageAddresses:
    case ProviderError.NoCompletions:
    case ModelError.Disabled:
    case ModelError.NoImages:
    case ModelError.NoTools:
    case TokenError.NoneUsable:
    case TokenError.NeedsKey:
    case TokenError.ChooseKey:
    case ServerError.Inactive:
    case ServerError.NeedsSecret:
    case VaultError.Locked:
      return 'errors'
    default:
      return null
  }
}

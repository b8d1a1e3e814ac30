import { z } from 'zod'
import { command, query } from '../route'
import { Flavour, NewProvider, Provider, ProviderPatch } from '../entities/provider'
import { ErrorShape } from '../errors'
import { NewToken, Secret, Token, TokenCheck, TokenUser } from '../entities/token'
import { ProviderId, TokenId } from '../ids'
import { Name, Nothing } from '../values'

export const providerRoutes = {
  /** With `ids`: those alone, and none for what is not there. */
  'providers.list': query(
    z.strictObject({ ids: z.array(ProviderId).max(500).optional() }),
    z.array(Provider),
    ['providers'],
    { rows: { topics: ['providers'], order: { by: ['name'] } } }
  ),
  /** Programs that speak OpenAI's language, for the providers that the user adds. */
  'providers.flavours': query(Nothing, z.array(Flavour), []),
  /** Adds an OpenAI-compatible provider. */
  'providers.create': command(NewProvider, Provider),
  'providers.update': command(z.strictObject({ id: ProviderId, patch: ProviderPatch }), Provider),
  /** Refused for built-in providers and while a model config or preset uses it. */
  'providers.delete': command(z.strictObject({ id: ProviderId }), Nothing),
  /** Back to the address it came with. */
  'providers.resetBaseUrl': command(z.strictObject({ id: ProviderId }), Provider),

  /** The oldest first. With `ids`: those alone, and none for what is not there. */
  'tokens.list': query(
    z.strictObject({ ids: z.array(TokenId).max(500).optional() }),
    z.array(Token),
    ['tokens', 'vault'],
    { rows: { topics: ['tokens'], order: { by: [] } } }
  ),
  'tokens.add': command(NewToken, Token),
  /**
   * Begins a sign-in that ends with a new key (OAuth with PKCE over loopback): open `url` in the user's browser. It waits
   * five minutes; `tokens.signInState` says how it ended.
   */
  'tokens.signIn': command(
    z.strictObject({ providerId: ProviderId, name: Name }),
    z.strictObject({ signInId: z.string(), url: z.string() })
  ),
  'tokens.signInState': query(
    z.strictObject({ signInId: z.string() }),
    z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('waiting') }),
      z.strictObject({ state: z.literal('done'), token: Token }),
      z.strictObject({ state: z.literal('failed'), error: ErrorShape }),
    ]),
    ['tokens'],
    { about: { tokens: 'signInId' } }
  ),
  'tokens.cancelSignIn': command(z.strictObject({ signInId: z.string() }), Nothing),
  'tokens.rename': command(z.strictObject({ id: TokenId, name: Name }), Token),
  /** Puts a new secret in the place of one that is lost or refused. */
  'tokens.replaceSecret': command(z.strictObject({ id: TokenId, secret: Secret }), Token),
  /** What works with the key, so that a user knows what its deletion means. */
  'tokens.users': query(z.strictObject({ id: TokenId }), z.array(TokenUser), [
    'tokens',
    'modelConfigs',
    'presets',
    'stories',
    'stages',
  ]),
  /** What chose the key goes on with the others that it chose; where none is left, others must be chosen. */
  'tokens.delete': command(z.strictObject({ id: TokenId }), Nothing),
  /** Asks the provider whether it takes the stored key, and records the answer as the token's state. */
  'tokens.check': command(z.strictObject({ id: TokenId }), TokenCheck),
  /** The same for a key that is not stored. */
  'tokens.probe': command(z.strictObject({ providerId: ProviderId, secret: Secret }), TokenCheck),
}

import { z } from 'zod'
import { command, query } from '../route'
import { NewProvider, Provider, ProviderPatch } from '../entities/provider'
import { NewToken, Secret, Token, TokenCheck } from '../entities/token'
import { Model } from '../entities/model'
import { NewServer, Server } from '../entities/server'
import { ProviderId, ServerId, TokenId } from '../ids'
import { Name, Nothing } from '../values'

export const providerRoutes = {
  'providers.list': query(Nothing, z.array(Provider), ['providers']),
  /** Adds an OpenAI-compatible provider. */
  'providers.create': command(NewProvider, Provider),
  'providers.update': command(z.strictObject({ id: ProviderId, patch: ProviderPatch }), Provider),
  /** Refused for built-in providers and while a model config or preset uses it. */
  'providers.delete': command(z.strictObject({ id: ProviderId }), Nothing),
  /** Back to the address it came with. */
  'providers.resetBaseUrl': command(z.strictObject({ id: ProviderId }), Provider),

  'tokens.list': query(Nothing, z.array(Token), ['tokens', 'providers', 'vault']),
  'tokens.add': command(NewToken, Token),
  'tokens.rename': command(z.strictObject({ id: TokenId, name: Name }), Token),
  /** Puts a new secret in the place of one that is lost or refused. */
  'tokens.replaceSecret': command(z.strictObject({ id: TokenId, secret: Secret }), Token),
  'tokens.delete': command(z.strictObject({ id: TokenId }), Nothing),
  /** Asks the provider whether it takes the stored key, and records the answer as the token's state. */
  'tokens.check': command(z.strictObject({ id: TokenId }), TokenCheck),
  /** The same for a key that is not stored. */
  'tokens.probe': command(z.strictObject({ providerId: ProviderId, secret: Secret }), TokenCheck),

  'models.list': query(Nothing, z.array(Model), ['models', 'providers', 'servers']),
  /** Asks a provider (for Ollama: every server) for its models now. */
  'models.refresh': command(
    z.strictObject({ providerId: ProviderId }),
    z.strictObject({ added: z.number().int(), changed: z.number().int(), vanished: z.number().int() })
  ),

  'servers.list': query(Nothing, z.array(Server), ['servers', 'models']),
  'servers.add': command(NewServer, Server),
  'servers.update': command(z.strictObject({ id: ServerId, patch: NewServer.partial() }), Server),
  'servers.delete': command(z.strictObject({ id: ServerId }), Nothing),
  /** Asks one server for its version and models. */
  'servers.check': command(z.strictObject({ id: ServerId }), Server),
  /** Looks for a local Ollama again and checks every server; answers when all have answered or timed out. */
  'servers.discover': command(Nothing, z.array(Server)),
}

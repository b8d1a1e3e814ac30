import type { ModelList } from '@main/features/catalogue/model-list'
import type { Servers } from '@main/features/catalogue/servers'
import type { KeyChecks } from '@main/features/providers/key-checks'
import type { ProviderList } from '@main/features/providers/provider-list'
import type { TokenList } from '@main/features/providers/token-list'
import type { HandlersOf } from './router'

export const providerHandlers = (ports: {
  providers: ProviderList
  tokens: TokenList
  checks: KeyChecks
  models: ModelList
  servers: Servers
}): HandlersOf<'providers' | 'tokens' | 'models' | 'servers'> => {
  const { providers, tokens, checks, models, servers } = ports
  return {
    'providers.list': () => providers.list(),
    'providers.create': (input) => providers.create(input),
    'providers.update': ({ id, patch }) => providers.update(id, patch),
    'providers.delete': ({ id }) => {
      providers.remove(id)
      return {}
    },
    'providers.resetBaseUrl': ({ id }) => providers.resetBaseUrl(id),

    'tokens.list': () => tokens.list(),
    'tokens.add': (input) => tokens.add(input),
    'tokens.rename': ({ id, name }) => tokens.rename(id, name),
    'tokens.replaceSecret': ({ id, secret }) => tokens.replaceSecret(id, secret),
    'tokens.delete': ({ id }) => {
      tokens.remove(id)
      return {}
    },
    'tokens.check': ({ id }) => checks.check(id),
    'tokens.probe': ({ providerId, secret }) => checks.probe(providerId, secret),

    'models.list': () => models.list(),
    'models.refresh': ({ providerId }) => models.refresh(providerId),

    'servers.list': () => servers.list(),
    'servers.add': (input) => servers.add(input),
    'servers.update': ({ id, patch }) => servers.update(id, patch),
    'servers.delete': ({ id }) => {
      servers.remove(id)
      return {}
    },
    'servers.check': ({ id }) => servers.check(id),
    'servers.discover': () => servers.discover(),
  }
}

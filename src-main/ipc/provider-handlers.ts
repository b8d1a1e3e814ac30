import type { ListSchedule } from '@main/features/catalogue/list-schedule'
import type { ModelList } from '@main/features/catalogue/model-list'
import type { KeyChecks } from '@main/features/providers/key-checks'
import type { ProviderList } from '@main/features/providers/provider-list'
import type { SignIns } from '@main/features/providers/sign-in'
import type { TokenList } from '@main/features/providers/token-list'
import type { HandlersOf } from './router'

export const providerHandlers = (ports: {
  providers: ProviderList
  tokens: TokenList
  signIns: SignIns
  checks: KeyChecks
  models: ModelList
  schedule: ListSchedule
}): HandlersOf<'providers' | 'tokens' | 'models'> => {
  const { providers, tokens, signIns, checks, models, schedule } = ports
  return {
    'providers.list': ({ ids }) => providers.list(ids),
    'providers.flavours': () => providers.flavours(),
    'providers.create': (input) => providers.create(input),
    'providers.update': ({ id, patch }) => providers.update(id, patch),
    'providers.delete': ({ id }) => {
      providers.remove(id)
      return {}
    },
    'providers.resetBaseUrl': ({ id }) => providers.resetBaseUrl(id),

    'tokens.list': ({ ids }) => tokens.list(ids),
    'tokens.add': (input) => {
      const token = tokens.add(input)
      schedule.soon(input.providerId)
      return token
    },
    'tokens.signIn': ({ providerId, name }) => signIns.begin(providerId, name),
    'tokens.signInState': ({ signInId }) => signIns.state(signInId),
    'tokens.cancelSignIn': ({ signInId }) => {
      signIns.cancel(signInId)
      return {}
    },
    'tokens.rename': ({ id, name }) => tokens.rename(id, name),
    'tokens.replaceSecret': ({ id, secret }) => tokens.replaceSecret(id, secret),
    'tokens.users': ({ id }) => tokens.users(id),
    'tokens.delete': ({ id }) => {
      tokens.remove(id)
      return {}
    },
    'tokens.check': ({ id }) => checks.check(id),
    'tokens.probe': ({ providerId, secret }) => checks.probe(providerId, secret),

    'models.list': (of) => models.list(of),
    'models.counts': () => models.counts(),
    'models.states': () => models.states(),
    'models.create': (input) => models.create(input),
    'models.update': ({ id, patch }) => models.update(id, patch),
    'models.delete': ({ id }) => {
      models.remove(id)
      return {}
    },
    'models.refresh': ({ providerId }) => models.refresh(providerId),
  }
}

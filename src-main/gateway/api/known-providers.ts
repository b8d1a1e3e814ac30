import type { Provider } from '@contract/entities/provider'
import { CommonError, FabulaError } from '@contract/errors'
import type { ProviderId } from '@contract/ids'
import type { ApiPorts } from './api-ports'

/** Providers by the short names that programs call them by. */
export interface KnownProviders {
  slugs(): Promise<ReadonlyMap<ProviderId, string>>
  /** Throws `not_found`, naming the field that it came in. */
  named(slug: string): Promise<Provider>
}

export function createKnownProviders({ ask }: Pick<ApiPorts, 'ask'>): KnownProviders {
  return {
    slugs: async () => new Map((await ask('providers.list', {})).map(({ id, slug }) => [id, slug])),
    named: async (slug) => {
      const found = (await ask('providers.list', {})).find((one) => one.slug === slug)
      if (!found)
        throw new FabulaError(CommonError.NotFound, `There is no provider ${slug}`, { details: { path: 'provider' } })
      return found
    },
  }
}

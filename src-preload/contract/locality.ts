import type { Model } from './entities/model'
import type { Provider } from './entities/provider'

/** A price that something is paid by. */
export const costs = (price: Model['price']): boolean => price !== null && (price.input > 0 || price.output > 0)

/**
 * Whether a model of a provider runs on this computer or network, so that nothing is paid and nothing leaves. `model` is
 * null for one that nobody has listed.
 */
export function runsHere(
  provider: Pick<Provider, 'builtIn' | 'local' | 'servers' | 'flavour' | 'saidLocal'>,
  model: Pick<Model, 'local' | 'price' | 'edited'> | null
): boolean {
  if (!provider.local || costs(model?.price ?? null)) return false
  // A server of this computer may list a model that runs elsewhere.
  if (provider.servers) return model?.local ?? true
  // Who lists prices sells something: behind such an address of this computer stands a way to other models.
  const runsModels = provider.builtIn || provider.flavour !== null || provider.saidLocal === true
  return runsModels || !model?.price || model.edited.includes('price')
}

import { freeName, freeSlug, isVisible, LONGEST_NAME, nameKey, tidyName } from '@contract/names'
import type { ModelConfigId, PresetId, ProviderId, ServerId, TemplateId, TokenId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import type { KnownProvider } from '@main/settings/provider-directory'
import type { Mask } from './mask'
import type { TemplateShelf } from './template-shelf'

/** What things are called in one file: as here, but without secrets, and no two of a kind alike. */
export interface NamesInFile {
  presets: ReadonlyMap<PresetId, string>
  modelConfigs: ReadonlyMap<ModelConfigId, string>
  templates: ReadonlyMap<TemplateId, string>
  providers: ReadonlyMap<ProviderId, string>
  slugs: ReadonlyMap<ProviderId, string>
  servers: ReadonlyMap<ServerId, string>
  tokens: ReadonlyMap<TokenId, string>
}

export function namesInFile(
  stores: Stores,
  providers: readonly KnownProvider[],
  shelf: TemplateShelf,
  mask: Mask
): NamesInFile {
  const tokens = stores.tokens.list()
  return {
    presets: distinct(stores.presets.summaries(), mask),
    modelConfigs: distinct(stores.modelConfigs.list(), mask),
    templates: distinct(shelf.list(), mask),
    providers: distinct(providers, mask),
    slugs: slugsOf(providers, mask),
    servers: distinct(stores.servers.list(), mask),
    // Two keys may share a name as long as their providers differ.
    tokens: new Map(
      providers.flatMap(({ id }) => [
        ...distinct(
          tokens.filter((token) => token.provider_id === id),
          mask
        ),
      ])
    ),
  }
}

/** What is called in the file what an older Fabula let be called nothing that can be seen. */
const UNSEEN = '?'

function distinct<Id>(things: readonly { id: Id; name: string }[], mask: Mask): Map<Id, string> {
  const masked = things.map(({ id, name }) => {
    const masked = tidyName(mask.named(name, LONGEST_NAME))
    const shown = isVisible(masked) ? masked : UNSEEN
    return { id, shown, changed: shown !== name }
  })
  const names = new Map<Id, string>()
  const taken = new Set<string>()
  // A name that lost a secret gives way to one that a thing really has.
  for (const { id, shown } of masked.toSorted((a, b) => Number(a.changed) - Number(b.changed))) {
    const name = freeName(shown, (one) => taken.has(nameKey(one)))
    taken.add(nameKey(name))
    names.set(id, name)
  }
  return names
}

/** Short names of built-in providers are in every copy of Fabula, so that they tell nothing, and are what they are read by. */
function slugsOf(providers: readonly KnownProvider[], mask: Mask): Map<ProviderId, string> {
  const taken = new Set(providers.map(({ row }) => row.slug))
  return new Map(
    providers.map(({ id, row: { slug, builtIn } }) => {
      if (builtIn || mask.named(slug, slug.length) === slug) return [id, slug]
      const free = freeSlug('provider', (one) => taken.has(one))
      taken.add(free)
      return [id, free]
    })
  )
}

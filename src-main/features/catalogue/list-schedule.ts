import type { ProviderId } from '@contract/ids'
import { hasCatalogue } from '@contract/provider-kinds'
import type { Stores } from '@main/data/stores'
import type { Clock } from '@main/platform/clock'
import { createDaily, type Daily } from '@main/platform/daily'
import type { Logger } from '@main/platform/logger'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import type { VaultIdentity } from '@main/settings/token-rows'
import type { ModelList } from './model-list'

/** Keeps the models' lists fresh. A failure is kept with the list. */
export type ListSchedule = Daily<ProviderId>

export function createListSchedule(ports: {
  stores: Stores
  directory: ProviderDirectory
  models: ModelList
  vault: Pick<VaultIdentity, 'status'>
  clock: Clock
  logger: Logger
}): ListSchedule {
  const { stores, directory, models, vault, clock, logger } = ports
  const daily = createDaily<ProviderId>({
    all: () =>
      directory.list().flatMap(({ id, definition, keyRequired }) => {
        if (definition.servers || !hasCatalogue(definition)) return []
        // With the vault closed a key cannot be used: that says nothing about the list.
        const mayAsk = !keyRequired || (stores.tokens.ofProvider(id).length > 0 && vault.status().state === 'ready')
        return mayAsk ? [{ id, last: stores.modelLists.get(id).lastSync }] : []
      }),
    ask: models.refresh,
    onFailure: (id, error) => logger.info('A model list stays as it was', { provider: id, cause: String(error) }),
    clock,
  })
  return {
    ...daily,
    soon: (id) => {
      if (hasCatalogue(directory.get(id).definition)) daily.soon(id)
    },
  }
}

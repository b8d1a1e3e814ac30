import type { StageId } from '@contract/ids'
import type { Clock } from '@main/platform/clock'
import { createDaily, type Daily } from '@main/platform/daily'
import type { Logger } from '@main/platform/logger'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import type { VaultIdentity } from '@main/settings/token-rows'
import type { Stages } from './stages'

/**
 * Keeps the list of each stage that has a key fresh, and says with the stage when its provider is down or refuses the key.
 * A program on this computer that needs no key may well be off for a day: it is not asked by itself. What has no address at
 * all is: its list comes with Fabula.
 */
export function createStageSchedule(ports: {
  stages: Stages
  directory: Pick<ProviderDirectory, 'find'>
  vault: Pick<VaultIdentity, 'status'>
  clock: Clock
  logger: Logger
}): Daily<StageId> {
  const { stages, directory, vault, clock, logger } = ports
  return createDaily<StageId>({
    all: () =>
      stages.list().flatMap(({ id, choice, listedAt }) => {
        if (!choice) return []
        const mayAsk =
          choice.tokenId === null
            ? directory.find(choice.providerId)?.baseUrl === null
            : // With the vault closed a key cannot be used: that says nothing about the stage.
              vault.status().state === 'ready'
        return mayAsk ? [{ id, last: listedAt }] : []
      }),
    ask: stages.refresh,
    onFailure: (id, error) => logger.info('A stage stays as it was', { stage: id, cause: String(error) }),
    clock,
  })
}

import type { ProviderId } from '@contract/ids'
import { hasCatalogue } from '@contract/provider-kinds'
import type { Stores } from '@main/data/stores'
import type { Clock } from '@main/platform/clock'
import type { Logger } from '@main/platform/logger'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import type { VaultIdentity } from '@main/settings/token-rows'
import type { ModelList } from './model-list'

const OLD_MS = 24 * 3_600_000
/** How often the clock is looked at. Not a timer of 24 hours: that one would lose the time a computer sleeps. */
const LOOK_MS = 10 * 60_000
/** A list that failed is tried again after this long. */
const AGAIN_MS = 3_600_000

/** Keeps the models' lists fresh: one that is older than a day is asked for again, in the background. */
export interface ListSchedule {
  start(): void
  /** Asks for every list that is due now, side by side. Never throws: a failure is kept with the list. */
  look(): Promise<void>
  /** Asks for one list now, whatever its age; not of a provider whose models are not for the catalogue. */
  soon(providerId: ProviderId): void
  stop(): void
}

export function createListSchedule(ports: {
  stores: Stores
  directory: ProviderDirectory
  models: ModelList
  vault: Pick<VaultIdentity, 'status'>
  clock: Clock
  logger: Logger
}): ListSchedule {
  const { stores, directory, models, vault, clock, logger } = ports
  const tried = new Map<ProviderId, number>()
  let timer: NodeJS.Timeout | undefined

  /** A time in the future counts as old: the computer's clock was set back. */
  const isOlder = (time: number, age: number) => Math.abs(clock.now() - time) >= age || time > clock.now()

  const isDue = (id: ProviderId): boolean => {
    const { lastSync } = stores.modelLists.get(id)
    if (lastSync !== null && !isOlder(Date.parse(lastSync), OLD_MS)) return false
    const last = tried.get(id)
    return last === undefined || isOlder(last, AGAIN_MS)
  }

  const ask = async (id: ProviderId) => {
    tried.set(id, clock.now())
    try {
      await models.refresh(id)
    } catch (error) {
      logger.info('A model list stays as it was', { provider: id, cause: String(error) })
    }
  }

  const look = async () => {
    const due = directory.list().filter(({ id, definition, keyRequired }) => {
      if (definition.servers || !hasCatalogue(definition)) return false
      // With the vault closed a key cannot be used: that says nothing about the list.
      const mayAsk = !keyRequired || (stores.tokens.ofProvider(id).length > 0 && vault.status().state === 'ready')
      return mayAsk && isDue(id)
    })
    await Promise.all(due.map(({ id }) => ask(id)))
  }

  return {
    look,
    soon: (providerId) => {
      if (hasCatalogue(directory.get(providerId).definition)) void ask(providerId)
    },
    start: () => {
      timer ??= setInterval(() => void look(), LOOK_MS).unref()
    },
    stop: () => clearInterval(timer),
  }
}

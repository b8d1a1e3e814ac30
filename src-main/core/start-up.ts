import type { ModelList } from '@main/features/catalogue/model-list'
import type { Gateway } from '@main/features/gateway/gateway'
import type { Jobs } from '@main/jobs/job-runner'
import type { Servers } from '@main/features/servers/servers'
import type { Bin } from '@main/features/bin/bin'
import type { StorySearches } from '@main/features/stories/story-searches'
import type { Daily } from '@main/platform/daily'
import type { Logger } from '@main/platform/logger'
import type { Vault } from '@main/secrets/vault'
import type { ProviderDirectory } from '@main/settings/provider-directory'

/**
 * What the start leaves until the window is there: opens the vault, looks for Ollama, asks for lists that are too old, goes
 * on with downloads, lets programs in where the gateway is on, and tidies up. Then the search takes in what it does not know,
 * and last, when nothing else needs the disk, the database is looked over for damage, and copied when that is due. Where nothing can be saved, only the
 * vault is opened. What fails is logged and holds up nothing else.
 */
export async function runStartUp(ports: {
  vault: Pick<Vault, 'open'>
  directory: ProviderDirectory
  models: Pick<ModelList, 'refresh'>
  servers: Pick<Servers, 'discover'>
  jobs: Pick<Jobs, 'resumeAll'>
  /** What is asked for again every day: lists of models, and what media stages can use. */
  schedules: readonly Pick<Daily<never>, 'look' | 'start'>[]
  bin: Pick<Bin, 'tidy'>
  search: Pick<StorySearches, 'follow'>
  /** Removes pictures, sound and film that nothing has any more. */
  tidyFiles: () => Promise<unknown>
  /** Takes out of memory what was deleted. */
  tidyMemory: () => Promise<void>
  removeLeftCopies: () => void
  checkDatabase: () => Promise<void>
  backups: Pick<Daily<never>, 'look' | 'start'>
  gateway: Pick<Gateway, 'start'>
  canSave: boolean
  logger: Logger
}): Promise<void> {
  const { vault, directory, models, servers, jobs, schedules, bin, canSave, logger } = ports

  /** Providers without an address know their models themselves, so those are in the catalogue from the start. */
  const listOwnModels = async () => {
    for (const provider of directory.list())
      if (!provider.definition.servers && provider.definition.baseUrl === null && provider.row.builtIn)
        await models.refresh(provider.id)
  }
  const all = async (work: readonly Promise<unknown>[]) => {
    for (const outcome of await Promise.allSettled(work))
      if (outcome.status === 'rejected') logger.warn('Background work failed', { cause: String(outcome.reason) })
  }

  const vaultIsOpen = vault.open()
  const tidied = Promise.resolve().then(ports.removeLeftCopies)
  if (!canSave) return all([vaultIsOpen, tidied])
  for (const schedule of schedules) schedule.start()
  await all([
    vaultIsOpen,
    tidied,
    Promise.all([servers.discover(), vaultIsOpen]).then(jobs.resumeAll),
    listOwnModels(),
    ...schedules.map((schedule) => vaultIsOpen.then(schedule.look)),
    bin.tidy().then(ports.tidyFiles),
    ports.tidyMemory(),
    ports.gateway.start(),
  ])
  await all([ports.search.follow()])
  await all([ports.checkDatabase()])
  await all([ports.backups.look()])
  ports.backups.start()
}

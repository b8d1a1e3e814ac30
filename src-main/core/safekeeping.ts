import { statfsSync } from 'node:fs'
import type { AppStatus } from '@contract/routes/app'
import type { FabulaError } from '@contract/errors'
import { namesInBackups, type BackupNames } from '@main/data/backup-names'
import { backupsIn, databaseIn } from '@main/data/data-folder'
import { madeAt } from '@main/data/made-mark'
import { migrations } from '@main/data/migrations'
import { createBackups, type Backups } from '@main/features/backups/backups'
import { backupHandlers } from '@main/ipc/backup-handlers'
import { runBackupTask } from '@main/workers/backup'
import type { SwapIn } from './core'
import { createDatabaseDamage } from './database-damage'
import type { Shared } from './shared'

/** The database looked over for damage, and copies of it. */
export interface Safekeeping {
  handlers: ReturnType<typeof backupHandlers>
  status(): Pick<AppStatus, 'storageDamage' | 'backupProblem'>
  checkDatabase(): Promise<void>
  backups: Backups['daily']
  /** Does something with what can tell which files the backups have. */
  withNames(work: (names: BackupNames) => Promise<unknown>): Promise<void>
  close(): Promise<void>
}

export function createSafekeeping(
  shared: Pick<Shared, 'events' | 'clock' | 'logger'>,
  ports: {
    dataDir: string
    /** Why nothing can be saved in this session. */
    storageProblem: FabulaError | null
    swap: SwapIn
    toUserError: (error: unknown) => FabulaError
  }
): Safekeeping {
  const { dataDir, storageProblem } = ports
  const damage = createDatabaseDamage({ ...shared, dataDir })
  const backups = createBackups({
    ...shared,
    ...ports,
    knownVersion: migrations.at(-1)?.version ?? 0,
    madeAt: storageProblem ? null : madeAt(databaseIn(dataDir)),
    isDamaged: () => damage.found() !== null,
    run: runBackupTask,
    freeBytes: (folder) => {
      const { bavail, bsize } = statfsSync(folder)
      return bavail * bsize
    },
  })
  return {
    handlers: backupHandlers(backups),
    status: () => ({
      storageDamage: damage.found()?.toShape() ?? null,
      backupProblem: backups.problem()?.toShape() ?? null,
    }),
    checkDatabase: damage.look,
    backups: backups.daily,
    withNames: async (work) => {
      const names = namesInBackups(backupsIn(dataDir))
      await work(names).finally(names.close)
    },
    close: async () => {
      await Promise.all([damage.close(), backups.close()])
    },
  }
}

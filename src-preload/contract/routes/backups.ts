import { z } from 'zod'
import { Backup, BackupId, BackupList } from '../entities/backup'
import { ErrorShape } from '../errors'
import { command, query } from '../route'
import { Nothing } from '../values'

const one = z.strictObject({ id: BackupId })

export const backupRoutes = {
  'backups.list': query(Nothing, BackupList, ['backups']),
  /** Makes one now, which stays until the user deletes it. */
  'backups.make': command(Nothing, Backup),
  /**
   * Puts a copy of a backup into the place of the database, which goes to the backups as it is, and begins anew with it
   * (`storage.restored`). Answers with what stands in the way of using it, or null.
   */
  'backups.restore': command(one, ErrorShape.nullable()),
  'backups.delete': command(one, Nothing),
}

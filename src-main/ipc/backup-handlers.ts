import type { Backups } from '@main/features/backups/backups'
import type { HandlersOf } from './router'

export const backupHandlers = (backups: Backups): HandlersOf<'backups'> => ({
  'backups.list': () => backups.list(),
  'backups.make': () => backups.make(),
  'backups.restore': ({ id }) => backups.restore(id),
  'backups.delete': async ({ id }) => {
    await backups.remove(id)
    return {}
  },
})

import type { Update } from '@contract/entities/update'
import type { Updater } from './updates'

/** Where nothing can be replaced: nobody is ever asked. */
export const noUpdater = (why: Exclude<Update['can'], 'yes'>): Updater => ({
  can: why,
  isOnline: () => false,
  check: () => Promise.resolve(null),
  download: () => Promise.resolve(),
  install: () => Promise.resolve(),
})

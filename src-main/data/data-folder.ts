import { join } from 'node:path'

/** The file with all that cannot be made anew. */
export const databaseIn = (dataDir: string): string => join(dataDir, 'fabula.sqlite')

/** Copies of it. */
export const backupsIn = (dataDir: string): string => join(dataDir, 'backups')

/** What passages are found by; it can be made anew. */
export const searchIndexIn = (dataDir: string): string => join(dataDir, 'search.sqlite')

/** Held by the one process that may write. */
export const lockIn = (dataDir: string): string => join(dataDir, 'in-use.lock')

import { isDamage } from './index-file'
import { listBackups } from './backup-folder'
import { openDatabaseForReading, type Db } from './database'

/** Which files of the data folder a backup has: whoever restores it finds them again. */
export interface BackupNames {
  /** Sound or film. */
  hasMedia(hash: string): boolean
  hasPicture(hash: string): boolean
  close(): void
}

const MEDIA = 'SELECT 1 FROM media WHERE hash = @hash LIMIT 1'
const PICTURES = `SELECT 1 FROM world_entries WHERE instr(fields, @hash) > 0 OR instr(extra, @hash) > 0
  UNION ALL SELECT 1 FROM story_differences WHERE instr(value, @hash) > 0
  UNION ALL SELECT 1 FROM bin WHERE instr(rows, @hash) > 0 LIMIT 1`

/** Looks into all backups of a folder, from the first question on. One that cannot be read may have any file, unless it is damaged. */
export function namesInBackups(folder: string): BackupNames {
  let opened: { db: Db; has: Map<string, (hash: string) => boolean> }[] | null = null

  const openAll = () =>
    listBackups(folder).flatMap(({ file, version }) => {
      if (version === null) return []
      try {
        return [{ db: openDatabaseForReading(file), has: new Map<string, (hash: string) => boolean>() }]
      } catch (error) {
        if (isDamage(error)) return []
        throw error
      }
    })
  /** How a backup answers: one from before there was such a thing has none. */
  const asker = (db: Db, sql: string): ((hash: string) => boolean) => {
    try {
      const found = db.prepare<[{ hash: string }]>(sql)
      return (hash) => found.get({ hash }) !== undefined
    } catch (error) {
      const isWithout = isDamage(error) || /no such table/.test(String(error))
      return () => !isWithout
    }
  }
  const has = (sql: string, hash: string): boolean =>
    (opened ??= openAll()).some(({ db, has: askers }) => {
      const ask = askers.get(sql) ?? asker(db, sql)
      askers.set(sql, ask)
      try {
        return ask(hash)
      } catch (error) {
        if (isDamage(error)) return false
        throw error
      }
    })
  return {
    hasMedia: (hash) => has(MEDIA, hash),
    hasPicture: (hash) => has(PICTURES, hash),
    close: () => opened?.forEach(({ db }) => void db.close()),
  }
}

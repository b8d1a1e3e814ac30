import type { Db } from './database'

/** The one row that says which vault sealed the keys; what is in it belongs to the vault. */
export interface VaultRow {
  read(): string | null
  write(record: string): void
  clear(): void
}

export function createVaultRow(db: Db): VaultRow {
  const read = db.prepare<[], { record: string }>('SELECT record FROM vault')
  const write = db.prepare<[string]>('INSERT OR REPLACE INTO vault (one, record) VALUES (1, ?)')
  const clear = db.prepare('DELETE FROM vault')
  return {
    read: () => read.get()?.record ?? null,
    write: (record) => void write.run(record),
    clear: () => void clear.run(),
  }
}

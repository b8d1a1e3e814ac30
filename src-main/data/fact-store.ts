import type { Db } from './database'

/** Single facts about this database that belong to no table: what was imported once, what the user dismissed. */
export interface FactStore {
  get(name: string): string | null
  set(name: string, value: string): void
  remove(name: string): void
}

export function createFactStore(db: Db): FactStore {
  const get = db.prepare<[string], { value: string }>('SELECT value FROM facts WHERE name = ?')
  const set = db.prepare<[string, string]>('INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)')
  const remove = db.prepare<[string]>('DELETE FROM facts WHERE name = ?')
  return {
    get: (name) => get.get(name)?.value ?? null,
    set: (name, value) => void set.run(name, value),
    remove: (name) => void remove.run(name),
  }
}

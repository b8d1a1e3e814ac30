import { GatewaySettings } from '@contract/entities/gateway'
import type { Db } from './database'
import { jsonColumn } from './json-column'

/** Where the gateway listens, and whether it is switched on. */
export interface GatewayStore {
  /** Null before anything of it was changed, or where its settings cannot be read: it is off then. */
  get(): { switchedOn: boolean; settings: GatewaySettings } | null
  save(state: { switchedOn: boolean; settings: GatewaySettings }): void
}

const settingsColumn = jsonColumn(GatewaySettings, { otherwise: null })

export function createGatewayStore(db: Db): GatewayStore {
  const get = db.prepare<[], { switched_on: number; settings: string }>('SELECT switched_on, settings FROM gateway')
  const save = db.prepare<[{ switched_on: number; settings: string }]>(
    `INSERT INTO gateway (id, switched_on, settings) VALUES (1, @switched_on, @settings)
     ON CONFLICT (id) DO UPDATE SET switched_on = excluded.switched_on, settings = excluded.settings`
  )
  return {
    get: () => {
      const row = get.get()
      const settings = row ? settingsColumn.decode(row.settings) : null
      return row && settings ? { switchedOn: row.switched_on === 1, settings } : null
    },
    save: ({ switchedOn, settings }) =>
      void save.run({ switched_on: switchedOn ? 1 : 0, settings: settingsColumn.encode(settings) }),
  }
}

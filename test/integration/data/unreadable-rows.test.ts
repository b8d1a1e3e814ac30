import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { placedRole } from '@contract/entities/preset'
import { RoleId } from '@contract/ids'
import { openDatabase, type Db } from '@main/data/database'
import { databaseIn } from '@main/data/data-folder'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { SECRET, storeRows, type StoredRows } from './stored-rows'
import { columns, GUARD, said } from './unreadable-columns'

const folder = temporaryFolder()
let app: TestCore
let db: Db
let own: StoredRows

beforeAll(async () => {
  // Fabula looks once a second whether another connection wrote.
  vi.useFakeTimers({ toFake: ['performance'] })
  app = await startTestCore({ dataDir: folder.path })
  db = openDatabase(databaseIn(folder.path))
  // Turns are packed a while after the last one, and what is packed is read in the place of a damaged column.
  db.exec(`CREATE TRIGGER not_packed BEFORE UPDATE OF packed ON turn_steps
    BEGIN SELECT raise(ABORT, 'Turns stay as they are'); END`)
  own = await storeRows(app)
})
afterAll(async () => {
  db.close()
  await app.close()
  folder.remove()
  vi.useRealTimers()
})

/** Values as earlier versions wrote them, oldest first: one for each version before that of today. */
const earlier: Record<string, string[]> = {
  'turn_steps.sent': ['{"version":1,"value":{"messages":[],"parameters":{},"responseSchema":null,"dropped":[]}}'],
}
/** Who reads these fails alone, see `docs/decisions/stored-json.md`. */
const elsewhere = ['jobs.input', 'jobs.progress', 'facts.value']

const broken = [
  ['of a newer version', '{"version":999,"value":{}}'],
  ['that is half there', '{"ver'],
  ['of another shape', '{"version":1,"value":[{"nobody":"knows"}]}'],
] as const

/** Runs a check while a column of one row holds something else. */
async function holding(column: string, where: string, row: string, text: string, check: () => Promise<void>) {
  const [table = '', name = ''] = column.split('.')
  const before = db
    .prepare<[string], { held: string | null }>(`SELECT ${name} AS held FROM ${table} WHERE ${where} = ?`)
    .all(row)
  expect(before).toHaveLength(1)
  const put = db.prepare<[string | null, string]>(`UPDATE ${table} SET ${name} = ? WHERE ${where} = ?`)
  const hold = (held: string | null) => {
    put.run(held, row)
    vi.advanceTimersByTime(1000)
  }
  hold(text)
  try {
    await check()
  } finally {
    hold(before[0]?.held ?? null)
  }
}

describe.each(columns)('%s', (column, where, row, ask, note) => {
  it.each(broken)('a value %s makes its own row poorer, which says so, and no other', async (_what, text) => {
    const before = await ask({ app, own })
    const id = row(own)
    await holding(column, where, id, text, async () => {
      const now = await ask({ app, own })
      expect(now[id]).toEqual(note)
      expect({ ...now, [id]: null }).toEqual({ ...before, [id]: null })
    })
    expect(await ask({ app, own })).toEqual(before)
  })

  it('is read as every earlier version wrote it', async () => {
    const before = await ask({ app, own })
    for (const text of earlier[column] ?? [])
      await holding(column, where, row(own), text, async () => expect(await ask({ app, own })).toEqual(before))
  })
})

it('no column of JSON is left out here, nor an earlier version of one', () => {
  const tables = db
    .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '% TEXT %'")
    .all()
  const held = tables.flatMap(({ name: table }) =>
    db
      .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
      .all(table)
      .flatMap(({ name }) => {
        const found = db
          .prepare<[], { value: string }>(
            `SELECT "${name}" AS value FROM "${table}" WHERE "${name}" LIKE '{"version":%,"value":%' LIMIT 1`
          )
          .get()
        return found ? [{ column: `${table}.${name}`, version: /\d+/.exec(found.value)?.[0] }] : []
      })
  )
  const known = new Set([...columns.map(([column]) => column), ...elsewhere])
  expect(held.filter(({ column }) => !known.has(column))).toEqual([])
  expect(held.length).toBeGreaterThan(10)
  for (const { column, version } of held.filter((one) => !elsewhere.includes(one.column)))
    expect(`${column} ${version}`).toBe(`${column} ${(earlier[column] ?? []).length + 1}`)
})

it('a difference that cannot be read leaves the story as its preset is, and says so', async () => {
  await holding('story_overrides.value', "path = 'retries' AND story_id", own.story.id, '{', async () => {
    expect((await app.ask('stories.settings', { id: own.story.id })).unreadable).toEqual(['differences'])
    expect((await app.ask('stories.settings', { id: own.other.id })).unreadable).toBeUndefined()
    expect(said(await app.ask('stories.list', {}))).toEqual({ [own.story.id]: ['differences'] })
  })
})

describe('what cannot be read stays as it is', () => {
  const NEWER = '{"version":999,"value":{"of":"tomorrow"}}'
  const stored = (column: string, where: string, id: string) => {
    const [table = '', name = ''] = column.split('.')
    return db.prepare<[string], { held: string }>(`SELECT ${name} AS held FROM ${table} WHERE ${where} = ?`).get(id)
      ?.held
  }

  it('when a model config gets another name, until its settings are chosen anew', async () => {
    const { id, settings } = own.fast
    const { providerId, model } = settings
    if (!providerId || !model) throw new Error('It has no model')
    await holding('model_configs.settings', 'id', id, NEWER, async () => {
      expect((await app.ask('modelConfigs.update', { id, patch: { name: 'Faster' } })).unreadable).toEqual(['settings'])
      expect(stored('model_configs.settings', 'id', id)).toBe(NEWER)
      const patch = { settings: { providerId, model } }
      expect((await app.ask('modelConfigs.update', { id, patch })).unreadable).toBeUndefined()
      expect(stored('model_configs.settings', 'id', id)).toBe(JSON.stringify({ version: 1, value: patch.settings }))
    })
  })

  it('when a role of a preset is switched', async () => {
    const { id } = own.gothic
    await holding('preset_roles.settings', GUARD, id, NEWER, async () => {
      const guard = placedRole((await app.ask('presets.get', { id })).roles, RoleId.parse('guard'))
      if (!guard) throw new Error('It has no guard')
      await app.ask('presets.setRole', { id, role: 'guard', value: { ...guard, enabled: true } })
      expect(stored('preset_roles.settings', GUARD, id)).toBe(NEWER)
    })
  })

  it('when a server is renamed', async () => {
    await holding('servers.auth', 'id', own.server.id, NEWER, async () => {
      await app.ask('servers.update', { id: own.server.id, patch: { name: 'Basement' } })
      expect(stored('servers.auth', 'id', own.server.id)).toBe(NEWER)
    })
  })

  it('and the places of hidden values are kept when a provider is renamed', async () => {
    await holding('providers.secrets', 'id', own.providerId, NEWER, async () => {
      await app.ask('providers.update', { id: own.providerId, patch: { name: 'Studio' } })
      expect(stored('providers.secrets', 'id', own.providerId)).toBe(NEWER)
      // What covers a hidden value is never sent in its place.
      const refusal = await app.refusal('models.refresh', { providerId: own.providerId })
      expect(refusal).toMatchObject({ code: 'token_needs_key', details: { name: 'X-Secret-Token' } })
    })
    const whole = (await app.ask('providers.list', {})).find(({ id }) => id === own.providerId)
    expect(whole?.headers).toEqual({ 'X-Secret-Token': `••••${SECRET.slice(-4)}` })
    expect(whole?.unreadable).toBeUndefined()
  })

  it('when worlds and their entries are renamed', async () => {
    const [entry] = own.entries
    if (!entry) throw new Error('It has no entry')
    await holding('worlds.fields', 'id', own.world.id, NEWER, async () => {
      await app.ask('worlds.update', { worldId: own.world.id, patch: { name: 'Marsh' } })
      expect(stored('worlds.fields', 'id', own.world.id)).toBe(NEWER)
    })
    await holding('world_entries.fields', 'id', entry.id, NEWER, async () => {
      await app.ask('worlds.updateEntry', { worldId: own.world.id, id: entry.id, patch: { name: 'Ann' } })
      expect(stored('world_entries.fields', 'id', entry.id)).toBe(NEWER)
    })
  })
})

it('the log has what could not be read, as it stands', () => {
  const logs = join(folder.path, 'logs')
  const log = readdirSync(logs)
    .map((name) => readFileSync(join(logs, name), 'utf8'))
    .join('')
  expect(log).toContain('A stored value cannot be read; its row does without')
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BATCH } from '@contract/entities/batch'
import { emptyContent } from '@contract/entities/template'
import { placedRole } from '@contract/entities/preset'
import { RoleId } from '@contract/ids'
import type { RouteInput } from '@contract/routes'
import { openDatabase, type Db } from '@main/data/database'
import { databaseIn } from '@main/data/storage'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { demoSettings, presetWith } from '@test/helpers/test-story'
import { fill } from '@test/integration/files/configuration'

const SECRET = 'planted-value-of-a-header-0001'

const folder = temporaryFolder()
let app: TestCore
let db: Db
let own: Awaited<ReturnType<typeof prepared>>

beforeAll(async () => {
  app = await startTestCore({ dataDir: folder.path })
  own = await prepared()
  db = openDatabase(databaseIn(folder.path))
})
afterAll(async () => {
  db.close()
  await app.close()
  folder.remove()
})

/** Two rows at least of each kind, so that one can be damaged and another stay whole. */
async function prepared() {
  const filled = await fill(app)
  const providerId = filled.own.id
  await app.ask('providers.update', {
    id: providerId,
    patch: { headers: { 'X-Secret-Token': SECRET }, extraBody: { note: 'of the team' }, kinds: ['embedding'] },
  })
  await app.ask('presets.setRole', {
    id: filled.gothic.id,
    role: 'main',
    value: {
      enabled: true,
      modelConfigId: filled.fast.id,
      settings: { samplers: { temperature: 0.9 } },
      prompt: { text: 'Write like the sea.', madeOf: null },
    },
  })
  const server = await app.ask('servers.add', { name: 'Cellar', url: 'http://127.0.0.1:9' })
  await app.ask('servers.add', { name: 'Attic', url: 'http://127.0.0.1:8' })
  const preset = await presetWith(app, await demoSettings(app))
  const story = await app.ask('stories.create', { language: 'en', title: 'Fog', presetId: preset.id })
  await app.ask('stories.override', { id: story.id, role: 'main', changes: { retries: 3 } })
  const other = await app.ask('stories.create', { language: 'en', title: 'Sea', presetId: preset.id })
  const { turnId } = await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
  const { turnId: otherTurn } = await app.turn({ storyId: other.id, kind: 'send', text: 'Go.' })
  const world = await app.ask('worlds.create', { language: 'en' })
  const otherWorld = await app.ask('worlds.create', { language: 'en' })
  const add = (kind: 'character' | 'place' | 'persona' | 'lore') =>
    app.ask('worlds.addEntry', { worldId: world.id, kind, language: 'en' })
  const entries = [await add('character'), await add('place'), await add('persona'), await add('lore')]
  const content = { ...emptyContent, user: 'Name a port.' }
  const template = await app.ask('templates.create', { name: 'Port', content })
  await app.ask('templates.keepDraft', { id: template.id, draft: { ...content, system: 'Be brief.' } })
  const otherTemplate = await app.ask('templates.create', { name: 'Ship', content })
  const generate = async (templateId: typeof template.id) => {
    const { id } = await app.ask('generations.start', {
      templateId,
      inputs: {},
      model: { modelConfigId: filled.fast.id },
    })
    await app.event('generation.ended', (payload) => payload.id === id)
    return id
  }
  const generations = [await generate(template.id), await generate(otherTemplate.id)]
  // Paused before a row is asked for: nothing answers there, and why would be kept with the job.
  const pausedBatch = async (source: RouteInput<'batches.start'>['source']) => {
    const asked = { templateId: template.id, model: { modelConfigId: filled.fast.id }, source, skipFaulty: true }
    const { id } = await app.ask('batches.start', asked)
    return app.ask('batches.pause', { id })
  }
  const batch = await pausedBatch({ kind: 'repeat', inputs: {}, count: 1 })
  const listed = await pausedBatch({ kind: 'list', fileName: 'x.csv', text: 'a\n1\n2,3', mapping: {} })
  const [model] = await app.ask('models.list', {})
  if (!model) throw new Error('There are no models')
  const { messageId: passageId } = (await app.ask('turns.last', { storyId: story.id })) ?? {}
  if (!passageId) throw new Error('No passage was written')
  return {
    ...filled,
    passageId,
    providerId,
    server,
    story,
    other,
    turnId,
    otherTurn,
    world,
    otherWorld,
    entries,
    template,
    generations,
    batch,
    listed,
    model,
  }
}

/** What is said of each row: the parts that could not be read, or the code of an error that stands there. */
type Said = Record<string, unknown>
const said = (rows: readonly { id: string; unreadable?: unknown }[]): Said =>
  Object.fromEntries(rows.flatMap(({ id, unreadable }) => (unreadable ? [[id, unreadable]] : [])))

/** What the things themselves say, which their rows in a list must say too. */
const alsoInList = (list: Parameters<typeof said>[0], things: Parameters<typeof said>[0]): Said => {
  expect(said(list)).toEqual(said(things))
  return said(things)
}

const providers = async () => said(await app.ask('providers.list', {}))
const configs = async () => said(await app.ask('modelConfigs.list', {}))
const presets = async () => {
  const all = await app.ask('presets.list', {})
  return alsoInList(all, await Promise.all(all.map(({ id }) => app.ask('presets.get', { id }))))
}
const models = async () => said(await app.ask('models.list', {}))
const servers = async () => said(await app.ask('servers.list', {}))
const problems = async (): Promise<Said> =>
  Object.fromEntries(
    (await app.ask('servers.list', {})).flatMap(({ id, problem }) => (problem ? [[id, problem.code]] : []))
  )
const lists = async (): Promise<Said> =>
  Object.fromEntries(
    (await app.ask('models.states', {})).flatMap(({ providerId, problem }) =>
      problem ? [[providerId, problem.code]] : []
    )
  )
const worlds = async () => {
  const all = await app.ask('worlds.list', {})
  return alsoInList(all, await Promise.all(all.map(({ id }) => app.ask('worlds.get', { worldId: id }))))
}
const entries = async () => {
  const worldId = own.world.id
  const lists = await Promise.all(own.entries.map(({ kind }) => app.ask('worlds.entries', { worldId, kind })))
  const ids = new Set(own.entries.map(({ id }) => id))
  return alsoInList(
    lists.flat().filter(({ id }) => ids.has(id)),
    await Promise.all(own.entries.map(({ id }) => app.ask('worlds.entry', { worldId, id })))
  )
}
const templates = async () => {
  const all = await app.ask('templates.list', {})
  return alsoInList(all, await Promise.all(all.map(({ id }) => app.ask('templates.get', { id }))))
}
const generations = async () => {
  const all = await Promise.all(own.generations.map((id) => app.ask('generations.get', { id })))
  return said(all.map(({ id, unreadable, error }) => ({ id, unreadable: unreadable ?? error?.code })))
}
const batches = async () => said(await app.ask('batches.list', {}))
const batchRows = async () => {
  const rows = await Promise.all([own.batch, own.listed].map(({ id }) => app.ask('batches.rows', { id })))
  return said(rows.flat().map(({ line, unreadable }) => ({ id: String(line), unreadable })))
}
const passages = async () => {
  const pages = [own.story, own.other].map(({ id }) => app.ask('messages.page', { storyId: id, limit: 50 }))
  return said((await Promise.all(pages)).flatMap(({ messages }) => messages))
}
const steps = async () => {
  const each = async (turnId: typeof own.turnId) =>
    (await app.ask('turns.steps', { turnId })).map(({ unreadable, error }) => ({
      id: turnId,
      unreadable: unreadable ?? error?.code,
    }))
  return said([...(await each(own.turnId)), ...(await each(own.otherTurn))])
}
const turns = async (): Promise<Said> =>
  Object.fromEntries(
    (await Promise.all([own.story, own.other].map(({ id }) => app.ask('turns.last', { storyId: id })))).flatMap(
      (turn) => (turn?.error ? [[turn.id, turn.error.code]] : [])
    )
  )

const jobs = async (): Promise<Said> =>
  Object.fromEntries(
    (await app.ask('jobs.list', { kind: BATCH })).flatMap(({ id, error }) =>
      error?.code === ERROR ? [[id, error.code]] : []
    )
  )

const GUARD = "role = 'guard' AND preset_id"
const ERROR = 'error_unreadable'

/** Each column of JSON, the row of it that is damaged, how the things are asked for, and what is said of this one. */
const columns: [column: string, where: string, row: () => string, ask: () => Promise<Said>, note: unknown][] = [
  ['providers.headers', 'id', () => own.providerId, providers, ['headers']],
  ['providers.extra_body', 'id', () => own.providerId, providers, ['body']],
  ['providers.limits', 'id', () => own.providerId, providers, ['limits']],
  ['providers.auth', 'id', () => own.providerId, providers, ['auth']],
  ['providers.kinds', 'id', () => own.providerId, providers, ['kinds']],
  ['providers.secrets', 'id', () => own.providerId, providers, ['secrets']],
  ['model_configs.settings', 'id', () => own.fast.id, configs, ['settings']],
  ['presets.fallback', 'id', () => own.gothic.id, presets, ['fallback']],
  ['preset_roles.settings', GUARD, () => own.gothic.id, presets, ['settings']],
  ['preset_roles.prompt', GUARD, () => own.gothic.id, presets, ['prompts']],
  ['models.facts', 'id', () => own.model.id, models, ['facts']],
  ['models.edits', 'id', () => own.model.id, models, ['edits']],
  ['models.lessons', 'id', () => own.model.id, models, ['lessons']],
  ['model_lists.problem', 'provider_id', () => own.model.providerId, lists, ERROR],
  ['servers.auth', 'id', () => own.server.id, servers, ['auth']],
  ['servers.problem', 'id', () => own.server.id, problems, ERROR],
  ['worlds.fields', 'id', () => own.world.id, worlds, ['fields']],
  ['worlds.extra', 'id', () => own.world.id, worlds, ['extra']],
  ...[0, 1, 2, 3].flatMap((at): typeof columns => [
    ['world_entries.fields', 'id', () => own.entries[at]?.id ?? '', entries, ['fields']],
    ['world_entries.extra', 'id', () => own.entries[at]?.id ?? '', entries, ['extra']],
  ]),
  ['templates.draft', 'id', () => own.template.id, templates, ['draft']],
  ['template_versions.content', 'template_id', () => own.template.id, templates, ['content']],
  ['generations.inputs', 'id', () => own.generations[0] ?? '', generations, ['inputs']],
  ['generations.sent', 'id', () => own.generations[0] ?? '', generations, ['sent']],
  ['generations.tries', 'id', () => own.generations[0] ?? '', generations, ['tries']],
  ['generations.value', 'id', () => own.generations[0] ?? '', generations, ['value']],
  ['generations.error', 'id', () => own.generations[0] ?? '', generations, ERROR],
  ['batches.asked', 'id', () => own.batch.id, batches, ['settings']],
  ['batches.inputs', 'id', () => own.batch.id, batches, ['inputs']],
  ['batch_rows.inputs', 'inputs IS NOT NULL AND line', () => '2', batchRows, ['inputs']],
  ['batch_rows.faults', 'inputs IS NOT NULL AND line', () => '3', batchRows, ['result']],
  ['messages.written_by', 'id', () => own.passageId, passages, ['authorship']],
  ['turn_steps.sent', 'position = 0 AND turn_id', () => own.turnId, steps, ['sent']],
  ['turn_steps.result', 'position = 0 AND turn_id', () => own.turnId, steps, ['result']],
  ['turn_steps.error', 'position = 0 AND turn_id', () => own.turnId, steps, ERROR],
  ['jobs.error', 'id', () => own.batch.jobId ?? '', jobs, ERROR],
  ['turns.error', 'id', () => own.turnId, turns, ERROR],
]

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
  put.run(text, row)
  try {
    await check()
  } finally {
    put.run(before[0]?.held ?? null, row)
  }
}

describe.each(columns)('%s', (column, where, row, ask, note) => {
  it.each(broken)('a value %s makes its own row poorer, which says so, and no other', async (_what, text) => {
    const before = await ask()
    await holding(column, where, row(), text, async () => {
      const now = await ask()
      expect(now[row()]).toEqual(note)
      expect({ ...now, [row()]: null }).toEqual({ ...before, [row()]: null })
    })
    expect(await ask()).toEqual(before)
  })

  it('is read as every earlier version wrote it', async () => {
    const before = await ask()
    for (const text of earlier[column] ?? [])
      await holding(column, where, row(), text, async () => expect(await ask()).toEqual(before))
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

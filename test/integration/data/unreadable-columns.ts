import { expect } from 'vitest'
import { BATCH } from '@contract/entities/batch'
import type { TestCore } from '@test/helpers/test-core'
import type { StoredRows } from './stored-rows'

/** The app, and the rows that it holds. */
export interface Scene {
  app: TestCore
  own: StoredRows
}

/** What is said of each row: the parts that could not be read, or the code of an error that stands there. */
type Said = Record<string, unknown>
export const said = (rows: readonly { id: string; unreadable?: unknown }[]): Said =>
  Object.fromEntries(rows.flatMap(({ id, unreadable }) => (unreadable ? [[id, unreadable]] : [])))

/** What the things themselves say, which their rows in a list must say too. */
const alsoInList = (list: Parameters<typeof said>[0], things: Parameters<typeof said>[0]): Said => {
  expect(said(list)).toEqual(said(things))
  return said(things)
}

const providers = async ({ app }: Scene) => said(await app.ask('providers.list', {}))
const configs = async ({ app }: Scene) => said(await app.ask('modelConfigs.list', {}))
const presets = async ({ app }: Scene) => {
  const all = await app.ask('presets.list', {})
  return alsoInList(all, await Promise.all(all.map(({ id }) => app.ask('presets.get', { id }))))
}
const models = async ({ app }: Scene) => said(await app.ask('models.list', {}))
const servers = async ({ app }: Scene) => said(await app.ask('servers.list', {}))
const problems = async ({ app }: Scene): Promise<Said> =>
  Object.fromEntries(
    (await app.ask('servers.list', {})).flatMap(({ id, problem }) => (problem ? [[id, problem.code]] : []))
  )
const lists = async ({ app }: Scene): Promise<Said> =>
  Object.fromEntries(
    (await app.ask('models.states', {})).flatMap(({ providerId, problem }) =>
      problem ? [[providerId, problem.code]] : []
    )
  )
const worlds = async ({ app }: Scene) => {
  const all = await app.ask('worlds.list', {})
  return alsoInList(all, await Promise.all(all.map(({ id }) => app.ask('worlds.get', { worldId: id }))))
}
const entries = async ({ app, own }: Scene) => {
  const worldId = own.world.id
  const lists = await Promise.all(own.entries.map(({ kind }) => app.ask('worlds.entries', { worldId, kind })))
  const ids = new Set(own.entries.map(({ id }) => id))
  return alsoInList(
    lists.flat().filter(({ id }) => ids.has(id)),
    await Promise.all(own.entries.map(({ id }) => app.ask('worlds.entry', { worldId, id })))
  )
}
const templates = async ({ app }: Scene) => {
  const all = await app.ask('templates.list', {})
  return alsoInList(all, await Promise.all(all.map(({ id }) => app.ask('templates.get', { id }))))
}
const generations = async ({ app, own }: Scene) => {
  const all = await Promise.all(own.generations.map((id) => app.ask('generations.get', { id })))
  return said(all.map(({ id, unreadable, error }) => ({ id, unreadable: unreadable ?? error?.code })))
}
const batches = async ({ app }: Scene) => said(await app.ask('batches.list', {}))
const batchRows = async ({ app, own }: Scene) => {
  const rows = await Promise.all([own.batch, own.listed].map(({ id }) => app.ask('batches.rows', { id })))
  return said(rows.flat().map(({ line, unreadable }) => ({ id: String(line), unreadable })))
}
const passages = async ({ app, own }: Scene) => {
  const pages = [own.story, own.other].map(({ id }) => app.ask('messages.page', { storyId: id, limit: 50 }))
  return said((await Promise.all(pages)).flatMap(({ messages }) => messages))
}
const steps = async ({ app, own }: Scene) => {
  const each = async (turnId: typeof own.turnId) =>
    (await app.ask('turns.steps', { turnId })).map(({ unreadable, error }) => ({
      id: turnId,
      unreadable: unreadable ?? error?.code,
    }))
  return said([...(await each(own.turnId)), ...(await each(own.otherTurn))])
}
const turns = async ({ app, own }: Scene): Promise<Said> =>
  Object.fromEntries(
    (await Promise.all([own.story, own.other].map(({ id }) => app.ask('turns.last', { storyId: id })))).flatMap(
      (turn) => (turn?.error ? [[turn.id, turn.error.code]] : [])
    )
  )

const jobs = async ({ app }: Scene): Promise<Said> =>
  Object.fromEntries(
    (await app.ask('jobs.list', { kind: BATCH })).flatMap(({ id, error }) =>
      error?.code === ERROR ? [[id, error.code]] : []
    )
  )

export const GUARD = "role = 'guard' AND preset_id"
const ERROR = 'error_unreadable'

/** Each column of JSON, the row of it that is damaged, how the things are asked for, and what is said of this one. */
export const columns: [
  column: string,
  where: string,
  row: (own: StoredRows) => string,
  ask: (scene: Scene) => Promise<Said>,
  note: unknown,
][] = [
  ['providers.headers', 'id', (own) => own.providerId, providers, ['headers']],
  ['providers.extra_body', 'id', (own) => own.providerId, providers, ['body']],
  ['providers.limits', 'id', (own) => own.providerId, providers, ['limits']],
  ['providers.auth', 'id', (own) => own.providerId, providers, ['auth']],
  ['providers.kinds', 'id', (own) => own.providerId, providers, ['kinds']],
  ['providers.secrets', 'id', (own) => own.providerId, providers, ['secrets']],
  ['model_configs.settings', 'id', (own) => own.fast.id, configs, ['settings']],
  ['presets.fallback', 'id', (own) => own.gothic.id, presets, ['fallback']],
  ['preset_roles.settings', GUARD, (own) => own.gothic.id, presets, ['settings']],
  ['preset_roles.prompt', GUARD, (own) => own.gothic.id, presets, ['prompts']],
  ['models.facts', 'id', (own) => own.model.id, models, ['facts']],
  ['models.edits', 'id', (own) => own.model.id, models, ['edits']],
  ['models.lessons', 'id', (own) => own.model.id, models, ['lessons']],
  ['model_lists.problem', 'provider_id', (own) => own.model.providerId, lists, ERROR],
  ['servers.auth', 'id', (own) => own.server.id, servers, ['auth']],
  ['servers.problem', 'id', (own) => own.server.id, problems, ERROR],
  ['worlds.fields', 'id', (own) => own.world.id, worlds, ['fields']],
  ['worlds.extra', 'id', (own) => own.world.id, worlds, ['extra']],
  ...[0, 1, 2, 3].flatMap((at): typeof columns => [
    ['world_entries.fields', 'id', (own) => own.entries[at]?.id ?? '', entries, ['fields']],
    ['world_entries.extra', 'id', (own) => own.entries[at]?.id ?? '', entries, ['extra']],
  ]),
  ['templates.draft', 'id', (own) => own.template.id, templates, ['draft']],
  ['template_versions.content', 'template_id', (own) => own.template.id, templates, ['content']],
  ['generations.inputs', 'id', (own) => own.generations[0] ?? '', generations, ['inputs']],
  ['generations.sent', 'id', (own) => own.generations[0] ?? '', generations, ['sent']],
  ['generations.tries', 'id', (own) => own.generations[0] ?? '', generations, ['tries']],
  ['generations.value', 'id', (own) => own.generations[0] ?? '', generations, ['value']],
  ['generations.error', 'id', (own) => own.generations[0] ?? '', generations, ERROR],
  ['batches.asked', 'id', (own) => own.batch.id, batches, ['settings']],
  ['batches.inputs', 'id', (own) => own.batch.id, batches, ['inputs']],
  ['batch_rows.inputs', 'inputs IS NOT NULL AND line', () => '2', batchRows, ['inputs']],
  ['batch_rows.faults', 'inputs IS NOT NULL AND line', () => '3', batchRows, ['result']],
  ['messages.written_by', 'id', (own) => own.passageId, passages, ['authorship']],
  ['turn_steps.sent', 'position = 0 AND turn_id', (own) => own.turnId, steps, ['sent']],
  ['turn_steps.result', 'position = 0 AND turn_id', (own) => own.turnId, steps, ['result']],
  ['turn_steps.error', 'position = 0 AND turn_id', (own) => own.turnId, steps, ERROR],
  ['jobs.error', 'id', (own) => own.batch.jobId ?? '', jobs, ERROR],
  ['turns.error', 'id', (own) => own.turnId, turns, ERROR],
]

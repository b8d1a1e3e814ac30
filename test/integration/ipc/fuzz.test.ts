import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Envelope } from '@contract/bridge'
import { routes, type RouteName } from '@contract/routes'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { demoSettings, fakeProvider, passagesOf, placed, providerOf } from '@test/helpers/test-story'
import { anyInput, deep } from '@test/helpers/any-input'

/** Where nothing listens, so that whatever a request would ask for is refused at once. */
const NOWHERE = 'http://127.0.0.1:9/v1'
/** Always the same inputs: what is found once can be looked at. */
const PARAMETERS = { seed: 20_261_121, numRuns: 60, endOnFailure: true }
/** The database is closed and opened again, or copied: every input would cost a second. */
const FEWER: Partial<Record<RouteName, number>> = {
  'backups.make': 3,
  'storage.reopen': 5,
  'vault.create': 20,
  'vault.unlock': 20,
}

const names = Object.keys(routes).map((name) => name as RouteName)
const domains = [...new Set(names.map((name) => name.split('.')[0] ?? ''))]

/** One thing of each kind that a route can name. Providers elsewhere in the world are not among them. */
async function fill(app: TestCore): Promise<string[]> {
  const own = await fakeProvider(app, NOWHERE, { name: 'Own', keys: ['sk-first-0123456789', 'sk-second-0123456789'] })
  const demo = await demoSettings(app)
  const model = await app.ask('models.create', { providerId: own.providerId, model: 'm', name: 'M', kind: 'chat' })
  const world = await app.ask('worlds.create', { name: 'World', language: 'en' })
  const entries = []
  for (const kind of ['character', 'place', 'persona', 'lore'] as const)
    entries.push(await app.ask('worlds.addEntry', { worldId: world.id, kind, language: 'en' }))
  const config = await app.ask('modelConfigs.create', { name: 'Config', kind: 'chat', settings: own })
  const preset = await app.ask('presets.create', { name: 'Preset', roles: { main: placed(demo) } })
  const other = await app.ask('presets.create', { name: 'Other', roles: { main: placed(own) } })
  const story = await app.ask('stories.create', { language: 'en', presetId: preset.id })
  const gone = await app.ask('stories.create', { language: 'ru', presetId: other.id })
  await app.ask('stories.delete', { id: gone.id })
  await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
  const passages = await passagesOf(app, story)
  const server = await app.ask('servers.add', { name: 'Server', url: 'http://127.0.0.1:9' })
  const { calls } = await app.ask('usage.calls', { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' })
  const { id: ollama } = await providerOf(app, 'ollama')
  const here = [own.providerId, demo.providerId, ollama, ...own.tokenIds, model.id, config.id, preset.id, other.id]
  return [
    ...here,
    story.id,
    gone.id,
    server.id,
    world.id,
    ...[...entries, ...passages, ...calls].map(({ id }) => id),
  ].filter((id) => id !== undefined)
}

/** The answer must be one that the contract knows: data of the route's own shape, or an error that was foreseen. */
function wrongWith(name: RouteName, answer: Envelope): string | null {
  if (!answer.ok) return answer.error.code === 'internal' ? `internal: ${answer.error.message}` : null
  const { error } = routes[name].output.safeParse(answer.data)
  return error ? `an answer of another shape: ${error.message}` : null
}

describe('an input that is made to do harm', () => {
  let app: TestCore
  beforeAll(async () => {
    app = await startTestCore({ backgroundWork: false })
  })
  afterAll(() => app.close())

  it.each([51, 5000, 200_000])('%i levels deep is refused as such', async (levels) => {
    const [list, object] = [deep(levels, true), deep(levels, false)]
    for (const extraBody of [{ list }, object]) {
      const input = { name: 'Deep', baseUrl: NOWHERE, keyRequired: false, extraBody }
      expect(await app.refusal('providers.create', input)).toMatchObject({ code: 'input_too_deep' })
    }
    expect(await app.refusal('app.status', list)).toMatchObject({ code: 'input_too_deep' })
  })

  it('that holds itself is refused as endlessly deep', async () => {
    const extraBody: Record<string, unknown> = {}
    extraBody['self'] = extraBody
    const input = { name: 'Ring', baseUrl: NOWHERE, keyRequired: false, extraBody }
    expect(await app.refusal('providers.create', input)).toMatchObject({ code: 'input_too_deep' })
  })

  it('with half of a character in a name is refused by its field, and a whole one is kept', async () => {
    const named = (name: string) => ({ name, roles: {} })
    expect(await app.refusal('presets.create', named('Half \ud83d'))).toMatchObject({
      code: 'text_broken',
      details: { path: 'name' },
    })
    expect(await app.ask('presets.create', named('Whole 🙂'))).toMatchObject({ name: 'Whole 🙂' })
  })

  it('that names a role like a part of every object names no role', async () => {
    const preset = await app.ask('presets.create', { name: 'Plain', roles: { main: placed(await demoSettings(app)) } })
    const story = await app.ask('stories.create', { language: 'en', presetId: preset.id })
    const role = 'constructor'
    const unknown = { code: 'role_unknown' }
    const value = placed({})
    expect(await app.refusal('presets.setRole', { id: preset.id, role, value })).toMatchObject(unknown)
    expect(await app.refusal('presets.effects', { id: preset.id, role, value })).toMatchObject(unknown)
    expect(await app.refusal('stories.override', { id: story.id, role, changes: {} })).toMatchObject(unknown)
  })
})

describe.each(domains)('whatever is asked of %s', (domain) => {
  let app: TestCore
  let ids: string[]
  beforeAll(async () => {
    app = await startTestCore({ backgroundWork: false })
    await app.core.request('vault.unlock', {})
    ids = await fill(app)
  })
  afterAll(() => app.close())

  it.each(names.filter((name) => name.startsWith(`${domain}.`)))(
    '%s never fails for an unknown reason',
    async (name) => {
      const inputs = anyInput(routes[name].input, { ids, urls: [NOWHERE, 'http://127.0.0.1:9'] })
      await fc.assert(
        fc.asyncProperty(inputs, async (input) => {
          expect(wrongWith(name, await app.core.request(name, input))).toBeNull()
        }),
        { ...PARAMETERS, numRuns: FEWER[name] ?? PARAMETERS.numRuns }
      )
    }
  )
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { chatReply } from '@test/helpers/chat-reply'
import { htmlReply, jsonReply } from '@test/helpers/fake-server'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { fakeProvider, placed, providerOf, storyWith } from '@test/helpers/test-story'
import { RoleId } from '@contract/ids'

const PLANTED = 'sk-planted-7d1e24b583f9c0a7'
const MAIN = RoleId.parse('main')

let app: TestCore
let fake: FakeOpenAi
beforeEach(async () => {
  app = await startTestCore()
  onTestFinished(() => app.close())
  fake = await startFakeOpenAi({ keys: [PLANTED], models: ['one', 'two'] })
  onTestFinished(() => fake.stop())
})
const addProvider = (name = 'Mine') =>
  app.ask('providers.create', { name, baseUrl: `${fake.url}/`, keyRequired: true, headers: { 'x-team': 'a' } })

describe('a key', () => {
  it('shows its name, its end and its state, and nothing else', async () => {
    const { id: providerId } = await addProvider()
    const token = await app.ask('tokens.add', { providerId, name: ' Work ', secret: ` ${PLANTED}\n` })
    expect(token).toMatchObject({ name: 'Work', last4: 'c0a7', state: 'unknown', needsKey: false, coolingUntil: null })
    const checked = await app.ask('tokens.add', {
      providerId,
      name: 'Taken',
      secret: 'sk-taken-0123456',
      checked: true,
    })
    expect(checked.state).toBe('active')
    const short = await app.ask('tokens.add', { providerId, name: 'Short', secret: 'abcdefgh' })
    expect(short.last4).toBe('')
  })

  it('is refused a second time, naming the one that is the same, but not for another provider', async () => {
    const [{ id: providerId }, other] = [await addProvider(), await addProvider('Other')]
    await app.ask('tokens.add', { providerId, name: 'Work', secret: PLANTED })
    expect(await app.refusal('tokens.add', { providerId, name: 'Again', secret: PLANTED })).toMatchObject({
      code: 'token_duplicate',
      details: { name: 'Work', provider: 'Mine' },
    })
    const second = await app.ask('tokens.add', { providerId, name: 'Second', secret: 'sk-another-0123456789' })
    expect(await app.refusal('tokens.replaceSecret', { id: second.id, secret: PLANTED })).toMatchObject({
      code: 'token_duplicate',
    })
    await app.ask('tokens.add', { providerId: other.id, name: 'Work', secret: PLANTED })
    expect(await app.ask('tokens.list', {})).toHaveLength(3)
  })

  it.each([
    ['work', 'Work'],
    ['работа', 'РАБОТА'],
  ])('has a name of its own within its provider: %s', async (name, same) => {
    const { id: providerId } = await addProvider()
    const first = await app.ask('tokens.add', { providerId, name, secret: PLANTED })
    expect(await app.refusal('tokens.add', { providerId, name: same, secret: 'sk-another-0123456' })).toMatchObject({
      code: 'name_taken',
    })
    const second = await app.ask('tokens.add', { providerId, name: 'Other', secret: 'sk-another-0123456' })
    expect(await app.refusal('tokens.rename', { id: second.id, name: same })).toMatchObject({ code: 'name_taken' })
    expect((await app.ask('tokens.rename', { id: first.id, name: same })).name).toBe(same)
  })

  it('must be pasted again when the address changes, and works when the address comes back', async () => {
    const provider = await addProvider()
    const token = await app.ask('tokens.add', { providerId: provider.id, name: 'Work', secret: PLANTED })
    const { baseUrl } = provider
    await app.ask('providers.update', { id: provider.id, patch: { baseUrl: 'http://127.0.0.1:1/v1' } })
    expect((await app.ask('tokens.list', {}))[0]?.needsKey).toBe(true)
    expect(await app.refusal('tokens.check', { id: token.id })).toMatchObject({
      code: 'token_needs_key',
      details: { name: 'Work', provider: 'Mine' },
    })
    await app.ask('providers.update', { id: provider.id, patch: { baseUrl: baseUrl ?? '' } })
    expect((await app.ask('tokens.list', {}))[0]?.needsKey).toBe(false)
    expect(await app.ask('tokens.check', { id: token.id })).toMatchObject({ models: 2 })
    expect((await app.ask('tokens.list', {}))[0]?.state).toBe('active')
  })

  it('is marked by its check, and not by one that found nobody', async () => {
    const { id: providerId } = await addProvider()
    const token = await app.ask('tokens.add', { providerId, name: 'Wrong', secret: 'sk-wrong-0123456789' })
    expect(await app.refusal('tokens.check', { id: token.id })).toMatchObject({ code: 'provider_unauthorized' })
    expect((await app.ask('tokens.list', {}))[0]?.state).toBe('invalid')
    const replaced = await app.ask('tokens.replaceSecret', { id: token.id, secret: PLANTED })
    expect(replaced).toMatchObject({ state: 'unknown', name: 'Wrong', last4: 'c0a7' })
    await fake.goDown()
    expect(await app.refusal('tokens.check', { id: token.id })).toMatchObject({
      code: 'provider_unreachable',
      retryable: true,
    })
    expect((await app.ask('tokens.list', {}))[0]?.state).toBe('unknown')
  })

  it.each([
    ['a page of a firewall', htmlReply(403)],
    ['a refusal for the region', jsonReply({ error: { message: 'Not available in your country' } }, 403)],
  ])('is not marked by %s', async (_name, reply) => {
    const { id: providerId } = await addProvider()
    const token = await app.ask('tokens.add', { providerId, name: 'Good', secret: PLANTED })
    await app.ask('tokens.check', { id: token.id })
    fake.answerAt('/models', reply, reply)
    expect(await app.refusal('tokens.check', { id: token.id })).toMatchObject({ code: 'provider_blocked' })
    expect((await app.ask('tokens.list', {}))[0]?.state).toBe('active')
  })

  it('can be tried before it is kept, and leaves nothing behind then', async () => {
    const { id: providerId } = await addProvider()
    expect(await app.ask('tokens.probe', { providerId, secret: PLANTED })).toMatchObject({ models: 2 })
    const wrong = { providerId, secret: 'sk-wrong-0123456789' }
    expect(await app.refusal('tokens.probe', wrong)).toMatchObject({ code: 'provider_unauthorized' })
    expect(await app.ask('tokens.list', {})).toEqual([])
  })

  it('that is deleted leaves every preset, and the others take its place', async () => {
    const settings = await fakeProvider(app, fake.url, { keys: ['sk-first-0123456789', PLANTED] })
    const story = await storyWith(app, settings)
    const [first, second] = settings.tokenIds
    if (!first || !second) throw new Error('two keys')
    await app.ask('tokens.delete', { id: first })
    const preset = await app.ask('presets.get', { id: story.presetId })
    expect(preset.roles[MAIN]?.settings.tokenIds).toEqual([second])
    expect((await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })).outcome).toBe('complete')
    expect(await app.refusal('tokens.delete', { id: first })).toMatchObject({ code: 'not_found' })
  })

  it('that was the only one chosen leaves nobody else to pay: the role waits until a key is chosen', async () => {
    const settings = await fakeProvider(app, fake.url, { keys: ['sk-first-0123456789', PLANTED] })
    const [first, second] = settings.tokenIds
    if (!first || !second) throw new Error('two keys')
    const story = await storyWith(app, { ...settings, tokenIds: [first] })
    await app.ask('tokens.delete', { id: first })
    const preset = await app.ask('presets.get', { id: story.presetId })
    expect(preset.roles[MAIN]?.settings.tokenIds).toEqual([])
    const problem = { code: 'token_choose_key', details: { provider: 'Fake', role: 'main' } }
    const [writer] = await app.ask('stories.cast', { id: story.id })
    expect(writer).toMatchObject({ role: 'main', tokenName: null, problem })
    expect(await app.refusal('turns.start', { storyId: story.id, kind: 'send', text: 'Go.' })).toMatchObject(problem)
    expect(fake.chats()).toEqual([])
    const value = placed({ ...settings, tokenIds: [second] })
    await app.ask('presets.setRole', { id: preset.id, role: MAIN, value })
    expect((await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })).outcome).toBe('complete')
  })

  it('that was the only one of a provider that needs none leaves it to work without', async () => {
    const { id: providerId } = await app.ask('providers.create', {
      name: 'Open',
      baseUrl: fake.url,
      keyRequired: false,
    })
    const { id } = await app.ask('tokens.add', { providerId, name: 'Work', secret: PLANTED })
    const story = await storyWith(app, { providerId, model: 'one', tokenIds: [id] })
    expect(await app.ask('tokens.users', { id })).toMatchObject([{ kind: 'preset', after: 'without' }])
    await app.ask('tokens.delete', { id })
    const [main] = await app.ask('stories.cast', { id: story.id })
    expect(main).toMatchObject({ role: 'main', problem: null })
  })

  it('says before it is deleted what would lose its last key: configs, presets by role, and stories', async () => {
    const settings = await fakeProvider(app, fake.url, { keys: ['sk-first-0123456789', PLANTED] })
    const [first, second] = settings.tokenIds
    if (!first || !second) throw new Error('two keys')
    const config = (name: string, tokenIds: typeof settings.tokenIds) =>
      app.ask('modelConfigs.create', { name, kind: 'chat', settings: { ...settings, tokenIds } })
    await config('Both', [first, second])
    const { id: configId } = await config('Only the first', [first])
    const story = await storyWith(app, { ...settings, tokenIds: [second] })
    await app.ask('stories.rename', { id: story.id, title: 'Tale' })
    await app.ask('presets.create', {
      name: 'Mixed',
      roles: {
        main: placed({ ...settings, tokenIds: [first, second] }),
        guard: { enabled: true, modelConfigId: configId, settings: {} },
        storyteller: placed({ providerId: settings.providerId, model: 'one' }),
      },
    })
    await app.ask('stories.override', { id: story.id, role: MAIN, changes: { tokenIds: [first] } })
    expect(await app.ask('tokens.users', { id: first })).toEqual([
      { kind: 'modelConfig', name: 'Both', after: 'others', roles: [] },
      { kind: 'modelConfig', name: 'Only the first', after: 'stuck', roles: [] },
      { kind: 'preset', name: 'Mixed', after: 'stuck', roles: ['guard'] },
      { kind: 'story', name: 'Tale', after: 'stuck', roles: ['main'] },
    ])
    await app.ask('tokens.delete', { id: second })
    // Whoever takes any key has no other any more.
    const mixed = (await app.ask('tokens.users', { id: first })).find(({ name }) => name === 'Mixed')
    expect(mixed?.roles.toSorted()).toEqual(['guard', 'main', 'storyteller'])
  })

  it('stands in no answer, no event, no log, no export and no file', async () => {
    const folder = temporaryFolder()
    onTestFinished(folder.remove)
    app = await startTestCore({ dataDir: folder.path })
    fake.alwaysAnswerWith(chatReply.error(401, `Incorrect API key provided: ${PLANTED}`))
    const settings = await fakeProvider(app, fake.url, { keys: [PLANTED] })
    const story = await storyWith(app, settings)
    const answers: unknown[] = [await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })]
    const [token] = await app.ask('tokens.list', {})
    answers.push(await app.core.request('tokens.check', { id: token?.id }))
    for (const route of ['tokens.list', 'providers.list', 'presets.list', 'models.list', 'app.status'])
      answers.push(await app.core.request(route, {}))
    for (const input of [{ secret: PLANTED }, { providerId: 'x', name: PLANTED, secret: PLANTED }])
      answers.push(await app.core.request('tokens.add', input))
    expect(JSON.stringify([answers, app.events])).not.toContain(PLANTED)
    await app.close()
    const files = readdirSync(folder.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    for (const entry of files) {
      const bytes = readFileSync(join(entry.parentPath, entry.name))
      expect(`${entry.name} ${bytes.includes(PLANTED)}`).toBe(`${entry.name} false`)
    }
  })
})

describe('a provider', () => {
  it('keeps its headers and body when something else of it changes', async () => {
    const provider = await app.ask('providers.create', {
      name: 'Mine',
      baseUrl: fake.url,
      keyRequired: false,
      headers: { 'x-team': 'a' },
      extraBody: { user: 'me' },
    })
    const renamed = await app.ask('providers.update', { id: provider.id, patch: { name: 'Ours' } })
    expect(renamed).toMatchObject({ name: 'Ours', headers: { 'x-team': 'a' }, extraBody: { user: 'me' } })
  })

  it('that is built in keeps its name, can get another address, and gets its own back', async () => {
    const openai = await providerOf(app, 'openai')
    const rename = { id: openai.id, patch: { name: 'Mine' } }
    expect(await app.refusal('providers.update', rename)).toMatchObject({ code: 'provider_built_in' })
    expect(await app.refusal('providers.delete', { id: openai.id })).toMatchObject({ code: 'provider_built_in' })
    const moved = await app.ask('providers.update', { id: openai.id, patch: { baseUrl: `${fake.url}/` } })
    expect(moved).toMatchObject({ baseUrl: fake.url, defaultBaseUrl: openai.defaultBaseUrl })
    expect((await app.ask('providers.resetBaseUrl', { id: openai.id })).baseUrl).toBe(openai.defaultBaseUrl)
  })

  it('is not deleted under a preset, and takes its keys and models along', async () => {
    const settings = await fakeProvider(app, fake.url, { keys: [PLANTED] })
    const story = await storyWith(app, settings)
    await app.ask('models.refresh', { providerId: settings.providerId })
    const { providerId: id } = settings
    expect(await app.refusal('providers.delete', { id })).toMatchObject({ code: 'preset_in_use' })
    await app.ask('presets.setRole', { id: story.presetId, role: MAIN, value: placed({}) })
    await app.ask('providers.delete', { id })
    expect(await app.ask('tokens.list', {})).toEqual([])
    expect((await app.ask('models.list', {})).filter(({ providerId }) => providerId === id)).toEqual([])
  })

  it.each([
    ['a key in a header', { headers: { Authorization: 'x' } }, 'headers.Authorization'],
    ['a broken header', { headers: { 'x-a': 'b\r\nx-c: d' } }, 'headers.x-a'],
    ['a password in the address', { baseUrl: 'http://me:secret@host/v1' }, 'baseUrl'],
    ['an address of another kind', { baseUrl: 'file:///etc/passwd' }, 'baseUrl'],
    ['no name', { name: ' ' }, 'name'],
  ])('is refused with %s, by its path', async (_what, wrong, path) => {
    const input = { name: 'Mine', baseUrl: fake.url, keyRequired: false, ...wrong }
    expect(await app.refusal('providers.create', input)).toMatchObject({ code: 'bad_input', details: { path } })
  })

  it('lists its models once, says what is new, gone and back, and a list that fails changes nothing', async () => {
    const open = await startFakeOpenAi({ models: ['one', 'two'] })
    onTestFinished(() => open.stop())
    const { providerId } = await fakeProvider(app, open.url)
    const reply = (ids: string[]) => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      steps: [JSON.stringify({ data: ids.map((id) => ({ id })) })],
    })
    const refresh = () => app.ask('models.refresh', { providerId })
    const available = async () =>
      (await app.ask('models.list', {}))
        .filter((model) => model.providerId === providerId && model.available)
        .map(({ model }) => model)
    expect(await refresh()).toMatchObject({ added: 2, changed: 0, vanished: 0 })
    expect(await refresh()).toMatchObject({ added: 0, changed: 0, vanished: 0 })
    open.answerAt('/models', reply(['two', 'three', 'three']))
    expect(await refresh()).toMatchObject({ added: 1, changed: 0, vanished: 1 })
    expect(await available()).toEqual(['three', 'two'])
    expect(await refresh()).toMatchObject({ added: 0, changed: 1, vanished: 1 })
    expect(await available()).toEqual(['one', 'two'])
    open.answerAt('/models', chatReply.error(500, 'broken'))
    expect(await app.refusal('models.refresh', { providerId })).toMatchObject({ code: 'provider_server_failed' })
    expect(await available()).toEqual(['one', 'two'])
  })
})

import {
  RoleId,
  StageId,
  type MediaId,
  type ModelConfigId,
  type PresetId,
  type ProviderId,
  type ServerId,
  type StoryId,
  type TemplateId,
  type WorldEntryId,
  type WorldId,
} from '@contract/ids'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { useTemplates, type TemplateUses } from './template-uses'
import type { RolePrompt } from '@contract/entities/preset'
import type { ModelSettings } from '@contract/entities/model-config'
import type { JsonObject } from '@contract/values'
import type { AppProcess } from '@test/helpers/app-process'
import { startBrowserApp, type BrowserApp } from '@test/helpers/browser-app'
import { chatReply } from '@test/helpers/chat-reply'
import { freePort } from '@test/helpers/free-port'
import { startFakeOllama, type FakeOllama } from '@test/helpers/fake-ollama'
import { ollamaReply } from '@test/helpers/ollama-reply'
import { temporaryFolder } from '@test/helpers/temporary-folder'

const KEY = 'sk-or-v1-furnished-0123456789abcdef'
const WRITER = 'maker/sonnet'
const LOCAL = 'gemma-test:27b'

/** Made of an older built-in one, with a name that there is none of where the turn never comes. */
const GUARD_PROMPT: RolePrompt = {
  text: 'Find what contradicts the story.\n\n{{ as_user }}\n{{ draft }}\n{% if false %}{{ stroy }}{% endif %}',
  madeOf: { language: 'en', digest: 'older' },
}

export interface FurnishedApp {
  app: BrowserApp
  presetId: PresetId
  configId: ModelConfigId
  serverId: ServerId
  openRouterId: ProviderId
  /** Added by the user, at an address where nothing answers. */
  ownProviderId: ProviderId
  /** Based on the preset, with values of its own, and a passage that a backup model wrote and the user edited. */
  storyId: StoryId
  /** Its last passage broke off while it was written from a draft, which is there whole. */
  brokenStoryId: StoryId
  /** Taken by the story, which differs from it in the character. */
  worldId: WorldId
  characterId: WorldEntryId
  /** Of the starter set, with a version of the user's own and a draft. */
  templateId: TemplateId
  /** Templates with an answer of each form, and one whose answer failed; that of JSON was asked twice, and has a batch. */
  uses: TemplateUses
  /** Shows a place by its address behind the `#`. */
  go: (place: string) => Promise<void>
  stop: () => Promise<void>
}

/** A row of OpenRouter's list, as far as the screens show it. */
const listed = (id: string, name: string, prompt: string, parameters: readonly string[]) => ({
  id,
  name,
  context_length: 200_000,
  supported_parameters: parameters,
  pricing: { prompt, completion: '0.000015' },
  architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
  top_provider: { max_completion_tokens: 64_000 },
})

/** The app in Chromium with something on every screen, so that a look at all of them sees all of their parts. */
export async function startFurnishedApp(): Promise<FurnishedApp> {
  const folder = temporaryFolder()
  const openRouter = await startFakeOpenAi({
    keys: [KEY, `${KEY}-spare`],
    creditLeft: 4.2,
    models: [
      listed(WRITER, 'Claude Sonnet 4.5', '0.000003', ['temperature', 'max_tokens', 'top_p', 'stop', 'seed']),
      listed('maker/flash', 'Gemini Flash', '0', ['temperature', 'max_tokens', 'top_p', 'top_k', 'min_p']),
    ],
  })
  const ollama = await startFakeOllama({
    models: [
      { name: LOCAL, capabilities: ['completion', 'tools'], contextLength: 131_072 },
      { name: 'nomic-embed-text', capabilities: ['embedding'], architecture: 'bert', contextLength: 2048 },
    ],
  })
  const app = await startBrowserApp({ dataDir: folder.path, env: { OLLAMA_HOST: ollama.url } })
  const rpc = app.process.rpc.bind(app.process)
  const go = async (place: string) => {
    await app.page.evaluate((hash) => (window.location.hash = hash), place)
  }
  const stop = async () => {
    await app.kill()
    await Promise.all([openRouter.stop(), ollama.stop()])
    folder.remove()
  }

  const providers = await rpc('providers.list', {})
  const idOf = (slug: string) => {
    const found = providers.find((provider) => provider.slug === slug)
    if (!found) throw new Error(`There is no ${slug}`)
    return found.id
  }
  const openRouterId = idOf('openrouter')
  await rpc('providers.update', { id: openRouterId, patch: { baseUrl: openRouter.url } })
  const own = await rpc('providers.create', {
    name: 'House server',
    baseUrl: 'http://127.0.0.1:9/v1',
    keyRequired: false,
  })
  const home = await rpc('tokens.add', { providerId: openRouterId, name: 'home', secret: KEY })
  await rpc('tokens.add', { providerId: openRouterId, name: 'spare', secret: `${KEY}-spare` })
  await rpc('tokens.check', { id: home.id })
  await rpc('models.refresh', { providerId: openRouterId })
  const server = (await rpc('servers.discover', {})).find(({ available }) => available)
  if (!server) throw new Error('There is no server')
  await rpc('servers.update', { id: server.id, patch: { name: 'workshop' } })

  const writer: ModelSettings = { providerId: openRouterId, model: WRITER, tokenIds: [home.id] }
  const local: ModelSettings = { providerId: idOf('ollama'), model: LOCAL }
  const role = (settings: ModelSettings, enabled = true) => ({ enabled, modelConfigId: null, settings })
  const config = await rpc('modelConfigs.create', {
    name: 'House style',
    kind: 'chat',
    settings: { ...local, providerId: idOf('ollama'), model: LOCAL, samplers: { min_p: 0.05 } },
  })
  const preset = await rpc('presets.create', {
    name: 'Gothic, slow',
    description: 'A patient narrator; one model drafts, another tells.',
    roles: {
      main: role({ ...writer, samplers: { temperature: 0.8, max_tokens: 1200, top_k: 40 } }),
      storyteller: { enabled: true, modelConfigId: config.id, settings: { samplers: { temperature: 0.8 } } },
      guard: { ...role({ providerId: openRouterId, model: 'maker/flash' }), prompt: GUARD_PROMPT },
      embedding: role({ providerId: idOf('ollama'), model: 'nomic-embed-text' }),
    },
  })
  await rpc('presets.update', {
    id: preset.id,
    patch: {
      fallback: {
        useMainForUnset: true,
        allowPaid: false,
        chains: { errors: [config.id], contextOverflow: [], refusals: [] },
      },
    },
  })
  await rpc('presets.setDefault', { id: preset.id })
  await rpc('presets.create', { name: 'Fast draft, local only', roles: { main: role(local) } })

  const title = 'The Lighthouse Keeper’s Debt'
  const story = await rpc('stories.create', { language: 'en', presetId: preset.id, title })
  const broken = await rpc('stories.create', { language: 'en', presetId: preset.id, title: 'The Wreck' })
  await rpc('stories.override', {
    id: story.id,
    role: MAIN,
    changes: { 'samplers.temperature': 0.95 },
  })
  const { worldId, characterId } = await makeWorld(app.process, story.id)
  const templateId = await writeTemplate(app.process)
  const uses = await useTemplates(app.process, openRouter, own.id)
  await writePassage(app.process, openRouter, story.id)
  await breakOff(app.process, ollama, broken.id)
  await fillBin(app.process)
  await letProgramsIn(app.process)
  await makeMedia(app.process, idOf('demo'))
  await rpc('backups.make', {})
  await rpc('preferences.set', { guideDone: true })
  return {
    app,
    presetId: preset.id,
    configId: config.id,
    serverId: server.id,
    openRouterId,
    ownProviderId: own.id,
    storyId: story.id,
    brokenStoryId: broken.id,
    worldId,
    templateId,
    uses,
    characterId,
    go,
    stop,
  }
}

/** A voice, a song that was stopped, and a poem in the library, made by the Demo; for clips nothing is chosen. */
async function makeMedia(app: AppProcess, providerId: ProviderId): Promise<void> {
  const make = async (stage: string, settings: JsonObject) => {
    const id = StageId.parse(stage)
    await app.rpc('stages.save', { id, providerId, key: null, model: null, settings })
    const nowhere = { storyId: null, messageId: null, sourceId: null }
    return app.rpc('media.make', { stage: id, ...nowhere, text: 'The river sleeps.' })
  }
  const ended = async (id: MediaId) => {
    const isOver = async () => !['waiting', 'running'].includes((await app.rpc('media.get', { id })).state)
    while (!(await isOver())) continue
  }
  await ended((await make('voice', {})).id)
  const song = await make('song', { seconds: 60 })
  await app.rpc('media.stop', { id: song.id })
  await ended(song.id)
  await ended((await make('poem', {})).id)
}

/** The gateway is on, with a key that has limits; one request by it was answered and one refused. */
async function letProgramsIn(app: AppProcess): Promise<void> {
  await app.rpc('gateway.change', { port: await freePort() })
  const { url } = await app.rpc('gateway.switch', { on: true })
  const { key } = await app.rpc('gateway.createKey', {
    name: 'Reader',
    models: ['preset/*'],
    manages: true,
    requestsPerMinute: 30,
    tokensPerDay: 100_000,
    dollarsPerDay: 1,
    expiresAt: '2090-01-01T00:00:00.000Z',
  })
  const ask = (path: string) => fetch(`${url}/${path}`, { headers: { authorization: `Bearer ${key}` } })
  await ask('models')
  await ask('models/gpt-9')
}

/** Its draft uses a name that nothing gives, and its shape says something that the form does not show. */
async function writeTemplate(app: AppProcess): Promise<TemplateId> {
  const found = (await app.rpc('templates.list', {})).find(({ starter }) => starter === 'character')
  if (!found) throw new Error('The starter set has no character')
  const { id } = found
  const { content } = await app.rpc('templates.get', { id })
  const schema = { type: 'object', properties: { name: { type: 'string', pattern: '^A' } }, minProperties: 1 }
  const shorter = { ...content, user: `${content.user}\nBe brief.`, tries: 2 }
  await app.rpc('templates.save', { id, content: shorter, name: 'Shorter', note: 'Half as long' })
  const draft = { ...shorter, user: `${shorter.user}\n{{ weather }}`, answer: { format: 'json' as const, schema } }
  await app.rpc('templates.keepDraft', { id, draft })
  return id
}

/** A world that the story takes, with a character that it changes, in the scene of its passage. */
async function makeWorld(app: AppProcess, storyId: StoryId): Promise<{ worldId: WorldId; characterId: WorldEntryId }> {
  const world = await app.rpc('worlds.create', { name: 'The northern shore', language: 'en' })
  const worldId = world.id
  await app.rpc('worlds.create', { name: 'The drowned city', language: 'en' })
  const add = (kind: 'character' | 'persona' | 'lore', name: string, fields: JsonObject) =>
    app.rpc('worlds.addEntry', { worldId, kind, name, language: 'en', fields })
  const keeper = await add('character', 'The keeper', {
    description: 'Lame.',
    voice: 'Dry.',
    tags: ['shore'],
    greetings: ['The keeper does not look up. “You are late.”', 'The stairs creak before {{user}} knocks.'],
  })
  await add('persona', 'Ira', { description: 'A surveyor.' })
  await add('lore', 'Stairs', { keys: ['stairs', '/(?=x)/'], content: 'Two hundred steps.' })
  await app.rpc('storyWorlds.setWorlds', { storyId, worldIds: [worldId] })
  await app.rpc('storyWorlds.differ', { storyId, entryId: keeper.id, changes: { voice: 'Loud.' } })
  await app.rpc('worlds.updateEntry', { worldId, id: keeper.id, patch: { fields: { voice: 'Soft.' } } })
  return { worldId, characterId: keeper.id }
}

const MAIN = RoleId.parse('main')

/** What the Guard says of the passage: something that is told, and not worth another draft. */
const VERDICT = JSON.stringify({
  verdict: 'contradicts',
  contradictions: [
    {
      quote: 'forty-two steps',
      source: 'R1',
      canon: 'The keeper climbs the stairs.',
      why: 'There are two hundred steps.',
      severity: 'low',
    },
  ],
})

/** The story's first line, longer than the window of the turn that follows: Memory finds in it what that turn speaks of. */
const FIRST_LINE = `The keeper climbs the stairs of the tower. ${'Rain falls on the harbour. '.repeat(140)}`
const SMALL_WINDOW = { 'samplers.num_ctx': 1200, 'samplers.max_tokens': 200 }

async function writeFirstLine(app: AppProcess, storyId: StoryId): Promise<void> {
  await app.rpc('turns.start', { storyId, kind: 'send', text: FIRST_LINE })
  await app.rpc('turns.stop', { storyId })
  while ((await app.rpc('turns.active', { storyId })) !== null) continue
  while ((await app.rpc('memory.state', { storyId })).chunks === 0) continue
}

/** A turn whose first model fails, and in whose draft the Guard finds something; its passage is edited, its key fit again. */
async function writePassage(app: AppProcess, writer: FakeOpenAi, storyId: StoryId): Promise<void> {
  await writeFirstLine(app, storyId)
  await app.rpc('stories.override', { id: storyId, role: MAIN, changes: SMALL_WINDOW })
  writer.answerWith(
    chatReply.error(500, 'overloaded'),
    chatReply.error(500, 'overloaded'),
    chatReply.error(500, 'overloaded'),
    chatReply.stream([VERDICT], { reasoning: ['How many steps were there?'] })
  )
  await app.rpc('turns.start', { storyId, kind: 'send', text: 'The keeper climbs the stairs.' })
  // Asked until it is over: each answer takes its moment, and the hook that furnishes has the longest wait of all.
  while ((await app.rpc('turns.active', { storyId })) !== null) continue
  await app.rpc('stories.resetOverrides', { id: storyId, role: MAIN, paths: Object.keys(SMALL_WINDOW) })
  const { messages } = await app.rpc('messages.page', { storyId })
  const passage = messages.findLast(({ author }) => author === 'story')
  if (!passage) throw new Error('No passage was written')
  await app.rpc('messages.edit', { id: passage.id, text: 'He counted forty-two steps.' })
  await app.rpc('summaries.make', { storyId })
  while ((await app.rpc('summaries.list', { storyId })).job !== null) continue
  // Within what is summed up already, which is out of date with it.
  const first = messages.find(({ id }) => id !== passage.id)
  if (first) await app.rpc('messages.endChapter', { id: first.id, name: 'The Stairs' })
}

/** A turn whose Storyteller loses its connection amid the words. */
async function breakOff(app: AppProcess, storyteller: FakeOllama, storyId: StoryId): Promise<void> {
  storyteller.answerWith(ollamaReply.resetAfter(['The mast went first, and then']))
  await app.rpc('turns.start', { storyId, kind: 'send', text: 'I look for the wreck.' })
  while ((await app.rpc('turns.active', { storyId })) !== null) continue
}

/** One of each kind that goes to the bin by itself. */
async function fillBin(app: AppProcess): Promise<void> {
  const story = await app.rpc('stories.create', { language: 'en', title: 'The Ferryman' })
  await app.rpc('stories.delete', { id: story.id })
  const preset = await app.rpc('presets.create', { name: 'Too many adjectives' })
  await app.rpc('presets.delete', { id: preset.id })
}

import { emptyContent } from '@contract/entities/template'
import type { RouteInput } from '@contract/routes'
import type { TestCore } from '@test/helpers/test-core'
import { demoSettings, presetWith } from '@test/helpers/test-story'
import { fill } from '@test/integration/files/configuration'

export const SECRET = 'planted-value-of-a-header-0001'

/** Two rows at least of each kind, so that one can be damaged and another stay whole. */
export async function storeRows(app: TestCore) {
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

export type StoredRows = Awaited<ReturnType<typeof storeRows>>

import type { ModelSettings } from '@contract/entities/model-config'
import type { Preset, PresetRole } from '@contract/entities/preset'
import type { Provider } from '@contract/entities/provider'
import type { Message, Story } from '@contract/entities/story'
import type { Language } from '@contract/values'
import type { TestCore } from './test-core'

export async function providerOf(app: TestCore, slug: string): Promise<Provider> {
  const found = (await app.ask('providers.list', {})).find((one) => one.slug === slug)
  if (!found) throw new Error(`There is no provider ${slug}`)
  return found
}

/** The Demo without its pauses. */
export const demoSettings = async (app: TestCore, more: ModelSettings = {}): Promise<ModelSettings> => ({
  providerId: (await providerOf(app, 'demo')).id,
  model: 'demo-novelist',
  ...more,
  settings: { pace: 0, ...more.settings },
})

/** Adds an OpenAI-compatible provider at an address, with keys if it needs them. Returns settings that use it. */
export async function fakeProvider(
  app: TestCore,
  url: string,
  options: { name?: string; keys?: readonly string[] } = {}
): Promise<ModelSettings & Required<Pick<ModelSettings, 'providerId' | 'model' | 'tokenIds'>>> {
  const { name = 'Fake', keys = [] } = options
  const provider = await app.ask('providers.create', { name, baseUrl: url, keyRequired: keys.length > 0 })
  const tokenIds = []
  for (const [index, secret] of keys.entries()) {
    const token = await app.ask('tokens.add', { providerId: provider.id, name: `Key ${index + 1}`, secret })
    tokenIds.push(token.id)
  }
  return { providerId: provider.id, model: 'fake-model', tokenIds }
}

export const placed = (settings: ModelSettings, enabled = true): PresetRole => ({
  enabled,
  modelConfigId: null,
  settings,
})

let presets = 0

/** A preset with these settings for main and, where given, for a storyteller that is on. */
export const presetWith = (app: TestCore, main: ModelSettings, storyteller?: ModelSettings): Promise<Preset> =>
  app.ask('presets.create', {
    name: `Preset ${(presets += 1)}`,
    roles: { main: placed(main), ...(storyteller ? { storyteller: placed(storyteller) } : {}) },
  })

/** A story whose preset has these settings. */
export async function storyWith(
  app: TestCore,
  main: ModelSettings,
  storyteller?: ModelSettings,
  language: Language = 'en'
): Promise<Story> {
  const preset = await presetWith(app, main, storyteller)
  return app.ask('stories.create', { language, presetId: preset.id })
}

/** The passages that a story shows, in reading order. */
export const passagesOf = async (app: TestCore, story: Pick<Story, 'id'>): Promise<Message[]> =>
  (await app.ask('messages.page', { storyId: story.id, limit: 500 })).messages

export async function lastPassage(app: TestCore, story: Pick<Story, 'id'>): Promise<Message> {
  const last = (await passagesOf(app, story)).at(-1)
  if (!last) throw new Error('The story has no passage')
  return last
}

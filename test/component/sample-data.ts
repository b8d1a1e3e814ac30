import type { Update } from '@contract/entities/update'
import type { Model } from '@contract/entities/model'
import type { Provider } from '@contract/entities/provider'
import { defaultPreferences } from '@contract/entities/preferences'
import type { Server } from '@contract/entities/server'
import type { Story, StorySummary } from '@contract/entities/story'
import type { StoryWorld } from '@contract/entities/story-world'
import { defaultFallback, type Preset } from '@contract/entities/preset'
import type { Token } from '@contract/entities/token'
import type { VaultStatus } from '@contract/entities/vault'
import { PresetId, ProviderId, RoleId, ServerId, StoryId, TokenId } from '@contract/ids'
import type { ParsedInput, RouteOutput } from '@contract/routes'

const time = '2026-03-01T12:00:00.000Z'
const uuid = (number: number) => `01990000-${String(number).padStart(4, '0')}-7000-8000-000000000000`

export const openRouter: Provider = {
  id: ProviderId.parse(uuid(1)),
  slug: 'openrouter',
  name: 'OpenRouter',
  builtIn: true,
  protocol: 'openai-chat',
  flavour: null,
  servers: false,
  hasOwnModels: false,
  baseUrl: 'https://openrouter.example/api/v1',
  localName: null,
  defaultBaseUrl: 'https://openrouter.example/api/v1',
  keyRequired: true,
  auth: { type: 'bearer' },
  kinds: ['chat'],
  local: false,
  saidLocal: null,
  description: { en: 'Many models', ru: 'Много моделей' },
  keyUrl: 'https://openrouter.example/keys',
  samplerSchema: {},
  settingsSchema: {},
  embeddingSchema: null,
  headers: {},
  extraBody: {},
  limits: { total: null, perToken: null },
  signIn: false,
}
export const ollama: Provider = {
  ...openRouter,
  id: ProviderId.parse(uuid(2)),
  slug: 'ollama',
  name: 'Ollama',
  protocol: 'ollama',
  servers: true,
  baseUrl: null,
  localName: null,
  defaultBaseUrl: null,
  keyRequired: false,
  local: true,
  keyUrl: null,
}
export const demo: Provider = {
  ...ollama,
  id: ProviderId.parse(uuid(3)),
  slug: 'demo',
  name: 'Demo',
  protocol: 'demo',
  servers: false,
  hasOwnModels: true,
  auth: { type: 'none' },
}
export const ownProvider: Provider = {
  ...openRouter,
  id: ProviderId.parse(uuid(4)),
  slug: 'lm-studio',
  name: 'LM Studio',
  builtIn: false,
  baseUrl: 'http://127.0.0.1:1234/v1',
  localName: null,
  defaultBaseUrl: null,
  keyRequired: false,
  keyUrl: null,
}

export const token = (part: Partial<Token> = {}): Token => ({
  id: TokenId.parse(uuid(10)),
  providerId: openRouter.id,
  name: 'home',
  last4: 'a91f',
  state: 'active',
  coolingUntil: null,
  needsKey: false,
  createdAt: time,
  lastUsedAt: null,
  ...part,
})
export const otherTokenId = TokenId.parse(uuid(11))

export const model = (part: Partial<Model> = {}): Model => ({
  id: 'openrouter/anthropic/claude',
  providerId: openRouter.id,
  serverId: null,
  model: 'anthropic/claude',
  name: 'Claude',
  kind: 'chat',
  contextLength: 200_000,
  maxOutput: null,
  supportedParameters: null,
  capabilities: ['text'],
  price: { input: 3, output: 15 },
  size: null,
  quantization: null,
  local: false,
  available: true,
  enabled: true,
  source: 'synced',
  edited: [],
  refused: [],
  firstSeen: time,
  lastSeen: time,
  ...part,
})

export const server = (part: Partial<Server> = {}): Server => ({
  id: ServerId.parse(uuid(20)),
  name: 'This computer',
  url: 'http://127.0.0.1:11434',
  auth: { type: 'none' },
  needsSecret: false,
  active: true,
  isDefault: true,
  priority: 0,
  maxConcurrent: null,
  available: true,
  problem: null,
  version: '0.12.3',
  lastChecked: time,
  modelCount: 1,
  capabilities: ['text'],
  ...part,
})

export const otherServerId = ServerId.parse(uuid(21))

export const preset: Preset = {
  id: PresetId.parse(uuid(30)),
  name: 'My first preset',
  description: '',
  isDefault: true,
  roles: { [RoleId.parse('main')]: { enabled: true, modelConfigId: null, settings: {} } },
  fallback: defaultFallback,
  createdAt: time,
  updatedAt: time,
}

export const story: Story = {
  id: StoryId.parse(uuid(40)),
  title: 'The Lighthouse',
  language: 'en',
  presetId: preset.id,
  draft: '',
  archived: false,
  createdAt: time,
  updatedAt: time,
}
export const storySummary: StorySummary = {
  id: story.id,
  title: story.title,
  presetName: preset.name,
  passages: 3,
  excerpt: 'the lamp went out',
  archived: false,
  updatedAt: time,
}

export const ready: VaultStatus = { state: 'ready', kind: 'keychain', reason: null, keychainAvailable: true }
export const status: RouteOutput<'app.status'> = {
  version: '0.1.0',
  shell: 'browser',
  dataDir: '/home/vera/fabula',
  systemLanguage: 'en',
  storageProblem: null,
  storageDamage: null,
  backupProblem: null,
}

/** Answers of an app in order, with nothing in it yet but the built-in providers. */
export const noUpdate: Update = {
  can: 'yes',
  state: 'none',
  version: null,
  notes: '',
  progress: 0,
  later: false,
  checkedAt: null,
  problem: null,
}

export const emptyApp = {
  'turns.room': () => ({ turns: 0, bytes: 0 }),
  'app.status': () => status,
  'preferences.get': () => defaultPreferences,
  'preferences.set': (change: Partial<typeof defaultPreferences>) => ({ ...defaultPreferences, ...change }),
  'vault.status': () => ready,
  'providers.list': () => [openRouter, ollama, demo],
  'tokens.list': () => [],
  'models.list': () => [],
  'models.counts': () => [],
  'stories.count': () => 0,
  'servers.list': () => [],
  'servers.discover': () => [],
  'presets.list': () => [],
  'modelConfigs.list': () => [],
  'updates.get': () => noUpdate,
  'backups.list': () => ({ folder: '/home/vera/.config/Fabula/data/backups', backups: [] }),
  'app.licences': () => [],
  'files.lastImport': () => null,
  'files.takeOpened': () => [],
  'stories.list': () => [],
  'simulations.list': () => [],
  'models.states': () => [],
}

/** Answers `models.list` as main does: of one provider or server, or some of them, where that is asked. */
export const listed =
  (models: readonly Model[]) =>
  ({ providerId, serverId, ids }: ParsedInput<'models.list'>): Model[] =>
    models.filter(
      (one) =>
        (providerId === undefined || one.providerId === providerId) &&
        (serverId === undefined || one.serverId === serverId) &&
        (ids === undefined || ids.includes(one.id))
    )

/** What a story takes of worlds: these, and nothing that differs from them. */
export const storyWorld = (storyId: StoryId, worlds: StoryWorld['worlds'] = []): StoryWorld => ({
  storyId,
  worlds,
  entries: [],
  pinned: [],
  personas: [],
  personaId: null,
  style: {
    styleGuide: '',
    note: '',
    noteDepth: 4,
    noteVoice: 'system',
    origins: { styleGuide: 'world', note: 'world', noteDepth: 'world', noteVoice: 'world' },
  },
  differences: [],
})

import type { EffectiveRole } from '@contract/entities/effective'
import type { Message, Story } from '@contract/entities/story'
import { defaultPreferences } from '@contract/entities/preferences'
import { defaultFallback, type Role } from '@contract/entities/preset'
import type { Turn } from '@contract/entities/turn'
import type { FabulaError } from '@contract/errors'
import { MessageId, PresetId, RoleId, StoryId, TurnId } from '@contract/ids'
import { sentError } from '@test/helpers/sent-error'
import { createInMemoryBridge, type InMemoryBridge } from '@test/component/in-memory-bridge'
import { storyWorld } from '@test/component/sample-data'

const uuid = (kind: number, count: number) =>
  `01900000-0000-7${String(kind).padStart(3, '0')}-8000-${String(count).padStart(12, '0')}`

export const storyId = StoryId.parse(uuid(1, 1))
export const presetId = PresetId.parse(uuid(2, 1))
export const turnId = TurnId.parse(uuid(3, 1))
export const messageId = (count: number) => MessageId.parse(uuid(4, count))
export const main = RoleId.parse('main')
export const storyteller = RoleId.parse('storyteller')

const now = '2026-01-02T03:04:05.000Z'

export const roles: Role[] = [
  {
    id: main,
    name: { en: 'Main', ru: 'Основная' },
    help: { en: 'Drafts.', ru: 'Пишет.' },
    kind: 'chat',
    switchable: false,
    takesPart: true,
  },
  {
    id: storyteller,
    name: { en: 'Storyteller', ru: 'Рассказчик' },
    help: { en: 'Tells.', ru: 'Рассказывает.' },
    kind: 'chat',
    switchable: true,
    takesPart: true,
  },
]

/** What the roles work with in the story: what the preset says. */
export const views: EffectiveRole[] = [
  {
    role: main,
    fields: { enabled: { value: true, origin: 'preset' }, model: { value: 'qwen3:14b', origin: 'preset' } },
    overrides: {},
  },
  { role: storyteller, fields: { enabled: { value: false, origin: 'preset' } }, overrides: {} },
]

export const story: Story = {
  id: storyId,
  title: 'The Lighthouse',
  language: 'en',
  presetId,
  draft: '',
  archived: false,
  createdAt: now,
  updatedAt: now,
}

export function passage(count: number, text: string, more: Partial<Message> = {}): Message {
  const id = messageId(count)
  return {
    id,
    storyId,
    position: 0,
    author: 'story',
    text,
    state: 'complete',
    writtenBy: {
      role: storyteller,
      provider: 'Demo',
      model: 'demo-1',
      tokenName: null,
      inputTokens: 900,
      outputTokens: 612,
      cost: 0.0041,
      dropped: [],
    },
    edited: false,
    versions: 0,
    alternatives: [id],
    createdAt: now,
    ...more,
  }
}

export const line = (count: number, text: string): Message =>
  passage(count, text, { author: 'writer', writtenBy: null })

export interface StoryBridge extends InMemoryBridge {
  /** The story as the database has it; a test changes it and says so with `changed('messages')`. */
  messages: Message[]
  /** What became of the last turn. */
  turn: Turn | null
  started(): void
  step(id: MessageId | null, role?: RoleId, model?: string): void
  delta(id: MessageId, offset: number, text: string): void
  ended(id: MessageId | null, outcome: 'complete' | 'stopped' | 'failed', error?: FabulaError): void
}

/** A bridge that answers as main does for one story. */
export function createStoryBridge(messages: Message[], stored: Partial<Story> = {}): StoryBridge {
  const turn = { turnId, storyId }
  const current: Story = { ...story, ...stored }
  const lastTurn = (more: Partial<Turn>): Turn => ({
    id: turnId,
    storyId,
    kind: 'send',
    state: 'running',
    parentId: null,
    messageId: null,
    error: null,
    startedAt: now,
    endedAt: null,
    ...more,
  })
  const bridge = createInMemoryBridge({
    'stories.get': () => current,
    'roles.list': () => roles,
    'preferences.get': () => defaultPreferences,
    'presets.list': () => [],
    'presets.get': () => ({
      id: presetId,
      name: 'Gothic, slow',
      description: '',
      isDefault: true,
      roles: {},
      fallback: defaultFallback,
      createdAt: now,
      updatedAt: now,
    }),
    'stories.context': () => null,
    'turns.hasDraft': () => false,
    'storyWorlds.scene': () => ({ persona: null, characters: [], places: [], lore: [], asleep: [] }),
    'storyWorlds.get': () => storyWorld(storyId),
    'stories.cast': () => [
      {
        role: main,
        enabled: true,
        provider: 'Ollama',
        model: 'qwen3:14b',
        modelName: 'qwen3:14b',
        local: true,
        tokenName: null,
        problem: null,
      },
      {
        role: storyteller,
        enabled: false,
        provider: null,
        model: null,
        modelName: null,
        local: false,
        tokenName: null,
        problem: null,
      },
    ],
    'stories.settings': () => ({ presetId, presetName: 'Gothic, slow', roles: views }),
    'providers.list': () => [],
    'servers.list': () => [],
    'tokens.list': () => [],
    'modelConfigs.list': () => [],
    'stories.saveDraft': () => ({}),
    'stories.undoState': () => ({ undo: null, redo: null }),
    'media.list': () => [],
    'stages.list': () => [],
    'turns.active': () => null,
    'turns.last': () => all.turn,
    'turns.start': () => ({ turnId }),
    'turns.stop': () => ({}),
    'messages.page': ({ first: wanted, at, limit }) => {
      const placed = all.messages.map((message, position) => ({ ...message, position }))
      const index = placed.findIndex(({ id }) => id === at)
      if (at && index < 0) throw sentError('not_found', 'No such passage')
      const first = at ? index - (index % limit) : (wanted ?? Math.max(0, placed.length - limit))
      return { messages: placed.slice(first, first + limit), first, length: placed.length }
    },
  })
  const all: StoryBridge = Object.assign(bridge, {
    messages,
    turn: null,
    started: () => {
      all.turn = lastTurn({})
      bridge.emit({ name: 'turn.started', payload: turn })
      bridge.changed('turns')
    },
    step: (id: MessageId | null, role = main, model = 'qwen3:14b') => {
      // The passage's row is made before its first word comes.
      if (id !== null) bridge.changedRows('messages', storyId)
      bridge.emit({
        name: 'turn.step',
        payload: { ...turn, role, roles: [role], at: 0, provider: 'Ollama', model, messageId: id },
      })
    },
    delta: (id: MessageId, offset: number, text: string) =>
      bridge.emit({ name: 'turn.delta', payload: { ...turn, messageId: id, offset, text } }),
    ended: (id: MessageId | null, outcome: 'complete' | 'stopped' | 'failed', failure?: FabulaError) => {
      const error = failure?.toShape() ?? null
      all.turn = lastTurn({ state: outcome, messageId: id, error, endedAt: now })
      bridge.emit({ name: 'turn.ended', payload: { ...turn, messageId: id, outcome, error } })
      bridge.emit({
        name: 'data.changed',
        payload: { topics: ['messages', 'turns'], only: { messages: [storyId], turns: [storyId] } },
      })
    },
  })
  return all
}

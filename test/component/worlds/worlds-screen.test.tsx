import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  CharacterFields,
  LoreFields,
  WorldFields,
  type CharacterEntry,
  type EntrySummary,
  type LoreEntry,
  type World,
  type WorldEntry,
} from '@contract/entities/world'
import type { StoryWorld } from '@contract/entities/story-world'
import { PresetId, StoryId, WorldEntryId, WorldId } from '@contract/ids'
import { WorldsScreen, type WorldsScreenProps } from '@renderer/features/worlds/WorldsScreen'
import { StoryWorldScreen } from '@renderer/features/story-world/StoryWorldScreen'
import { ScenePanel } from '@renderer/features/writing/ScenePanel'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { giveLayout } from '@test/component/layout'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { preset, story as anyStory } from '@test/component/sample-data'

const NOW = '2026-01-02T03:04:05.000Z'
const idOf = (number: number) => `01990000-0000-7000-8000-${String(number).padStart(12, '0')}`
const worldId = WorldId.parse(idOf(1))
const entryId = (number: number) => WorldEntryId.parse(idOf(100 + number))
const frame = { worldId, enabled: true, extra: {}, createdAt: NOW, updatedAt: NOW }

const world: World = {
  ...WorldFields.parse({ styleGuide: 'Short.' }),
  id: worldId,
  name: 'Shore',
  extra: {},
  createdAt: NOW,
  updatedAt: NOW,
}
const anna: CharacterEntry = {
  ...frame,
  id: entryId(1),
  kind: 'character',
  name: 'Anna',
  fields: CharacterFields.parse({ description: 'Keeps the lamp.', aliases: ['Annie'] }),
}
const lore = (number: number, fields: Partial<LoreFields> = {}): LoreEntry => ({
  ...frame,
  id: entryId(number),
  kind: 'lore',
  name: `Fact ${number}`,
  fields: { ...LoreFields.parse({ keys: [`key${number}`] }), ...fields },
})
const summary = (entry: WorldEntry): EntrySummary => ({
  id: entry.id,
  worldId,
  kind: entry.kind,
  name: entry.name,
  enabled: entry.enabled,
  words: entry.kind === 'lore' ? entry.fields.keys : [],
  excerpt: '',
  constant: false,
  picture: null,
})

const handlers = (entries: WorldEntry[]): Handlers => ({
  'worlds.list': () => [
    {
      id: worldId,
      name: world.name,
      description: '',
      entries: { character: 1, place: 0, persona: 0, lore: entries.length - 1 },
      stories: 2,
      updatedAt: NOW,
    },
  ],
  'worlds.get': () => world,
  'worlds.update': ({ patch }) => ({ ...world, ...patch.fields, name: patch.name ?? world.name }),
  'worlds.entries': ({ kind }) => entries.filter((entry) => entry.kind === kind).map(summary),
  'worlds.entry': ({ id }) => entries.find((entry) => entry.id === id) ?? anna,
  'worlds.updateEntry': ({ id, patch }) => {
    const at = entries.findIndex((entry) => entry.id === id)
    const before = entries[at] ?? anna
    const after = { ...before, ...patch, fields: { ...before.fields, ...patch.fields } } as WorldEntry
    entries[at] = after
    return after
  },
  'worlds.checkKey': ({ key }) => (key === '/(/' ? 'missing closing )' : null),
})

beforeEach(() => giveLayout())

function show(entries: WorldEntry[], props: Partial<WorldsScreenProps> = {}, more: Handlers = {}) {
  const bridge = createInMemoryBridge({ ...handlers([...entries]), ...more })
  return { ...renderWith(bridge, <WorldsScreen worldId={worldId} {...props} />), bridge }
}

describe('the worlds screen', () => {
  it('saves a character as it is edited, and keeps what is typed meanwhile', async () => {
    const { user, bridge } = show([anna])
    const voice = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Way of speaking' })
    await user.type(voice, 'Dry.')
    expect(voice.value).toBe('Dry.')
    await waitFor(() =>
      expect(bridge.inputsOf('worlds.updateEntry').at(-1)).toMatchObject({ patch: { fields: { voice: 'Dry.' } } })
    )
    await user.type(screen.getByLabelText('Other names', { selector: 'input' }), 'Nan{Enter}')
    await waitFor(() =>
      expect(bridge.inputsOf('worlds.updateEntry').at(-1)).toMatchObject({
        patch: { fields: { aliases: ['Annie', 'Nan'] } },
      })
    )
    await expectNoAxeViolations()
  })

  it('finds one of a thousand entries, of which it draws a few', async () => {
    const all = Array.from({ length: 1000 }, (_, index) => lore(index + 2))
    const { user } = show([anna, ...all], { tab: 'lore' })
    const list = await screen.findByRole('navigation', { name: 'World: Lore' })
    expect(within(list).getAllByRole('link').length).toBeLessThan(60)
    await user.type(within(list).getByRole('textbox', { name: 'Find an entry' }), 'key777')
    await waitFor(() =>
      expect(
        within(list)
          .getAllByRole('link')
          .map(({ textContent }) => textContent)
      ).toEqual(['Fact 777key777'])
    )
  })

  it('moves an entry among those of its kind', async () => {
    const { user, bridge } = show(
      [anna, lore(2), lore(3), lore(4)],
      { tab: 'lore', entryId: entryId(3) },
      {
        'worlds.moveEntry': () => ({}),
      }
    )
    const press = async (name: string) => {
      await user.click(await screen.findByRole('button', { name: 'More for Fact 3' }))
      await user.click(await screen.findByRole('menuitem', { name }))
    }
    await press('Move up')
    await press('Move down')
    expect(bridge.inputsOf('worlds.moveEntry')).toEqual([
      { worldId, id: entryId(3), before: entryId(2) },
      { worldId, id: entryId(3), before: null },
    ])
  })

  it('begins a story with one of the greetings of a character, as the persona of their world', async () => {
    const greeter = { ...anna, fields: { ...anna.fields, greetings: ['The lamp is out.', 'You are late, {{user}}.'] } }
    const ira = { id: entryId(9), worldId, kind: 'persona' as const, name: 'Ira', enabled: true }
    const { user, bridge } = show(
      [greeter],
      {},
      {
        'worlds.entries': ({ kind }) =>
          kind === 'persona'
            ? [{ ...ira, words: [], excerpt: '', constant: false, picture: null }]
            : [summary(greeter)],
        'presets.list': () => [
          {
            id: preset.id,
            name: preset.name,
            description: '',
            isDefault: true,
            rolesOn: 1,
            stories: 0,
            updatedAt: NOW,
          },
        ],
        'stories.create': () => anyStory,
      }
    )
    await user.click(await screen.findByRole('button', { name: 'More for Anna' }))
    await user.click(await screen.findByRole('menuitem', { name: 'New story with Anna…' }))
    const dialog = await screen.findByRole('dialog', { name: 'New story with Anna' })
    await user.click(within(dialog).getByRole('radio', { name: 'You are late, Ira.' }))
    expect(await within(dialog).findByRole('combobox', { name: 'You play' })).toBeTruthy()
    await expectNoAxeViolations()
    await user.click(within(dialog).getByRole('button', { name: 'Begin the story' }))
    await waitFor(() =>
      expect(bridge.inputsOf('stories.create')).toEqual([
        { language: 'en', begin: { characterId: anna.id, greeting: 1, personaId: ira.id } },
      ])
    )
    await waitFor(() => expect(window.location.hash).toBe(`#/stories/${anyStory.id}`))
  })

  it('says what is wrong with a pattern', async () => {
    show([anna, lore(2, { keys: ['/(/'] })], { tab: 'lore' })
    expect(await screen.findByText(/The pattern \/\(\/ does not work: missing closing/)).toBeTruthy()
  })

  it('shows what a text would wake, and why not', async () => {
    const member = { worldId, kind: 'lore' as const, picture: null, excerpt: '', pinned: false }
    const reason = { type: 'named' as const, key: 'tide', passagesAfter: 0, quote: 'the tide' }
    const { user } = show(
      [anna, lore(2)],
      { tab: 'lore' },
      {
        'worlds.test': () => ({
          characters: [],
          places: [],
          lore: [{ ...member, id: entryId(2), name: 'Tide', reason, position: 'beforeCharacters', tokens: 3 }],
          asleep: [{ ...member, id: entryId(3), name: 'Storm', reason, asleep: 'secondary' }],
        }),
      }
    )
    await user.type(await screen.findByRole('textbox', { name: 'Try a text' }), 'the tide')
    const found = await screen.findByRole('region', { name: 'Try a text' })
    await waitFor(() => expect(within(found).getByText('Tide')).toBeTruthy())
    expect(within(found).getByText(/its second keys do not fit/)).toBeTruthy()
  })

  it('says how to begin where there is none, in the language of the app', async () => {
    const bridge = createInMemoryBridge({ 'worlds.list': () => [], 'worlds.create': () => world })
    const { user } = renderWith(bridge, <WorldsScreen />, 'ru')
    await user.click(await screen.findByRole('button', { name: 'Новый мир' }))
    await waitFor(() => expect(bridge.inputsOf('worlds.create')).toEqual([{ language: 'ru' }]))
  })
})

describe('a story', () => {
  const storyId = StoryId.parse(idOf(2))
  const story = {
    id: storyId,
    title: 'The Lamp',
    language: 'en' as const,
    presetId: PresetId.parse(idOf(3)),
    draft: '',
    archived: false,
    createdAt: NOW,
    updatedAt: NOW,
  }
  const taken: StoryWorld = {
    storyId,
    worlds: [{ id: worldId, name: 'Shore' }],
    entries: [],
    pinned: [],
    personas: [],
    personaId: null,
    style: {
      styleGuide: 'Short.',
      note: '',
      noteDepth: 4,
      noteVoice: 'system',
      origins: { styleGuide: 'world', note: 'world', noteDepth: 'world', noteVoice: 'world' },
    },
    differences: [
      {
        entryId: anna.id,
        name: 'Anna',
        kind: 'character',
        path: 'voice',
        value: 'Loud.',
        base: 'Dry.',
        inherited: 'Soft.',
        outdated: true,
      },
    ],
  }
  const own: Handlers = {
    ...handlers([anna]),
    'stories.get': () => story,
    'storyWorlds.get': () => taken,
    'storyWorlds.entry': () => ({
      entry: { ...anna, fields: { ...anna.fields, voice: 'Loud.' } },
      inherited: { voice: 'Soft.' },
      differences: taken.differences,
    }),
    'storyWorlds.differ': () => taken,
    'storyWorlds.reset': () => ({ ...taken, differences: [] }),
    'storyWorlds.pinEntry': () => taken,
  }

  it('marks what it changes of an entry, says that the world has changed since, and gives it back', async () => {
    const bridge = createInMemoryBridge(own)
    const { user } = renderWith(bridge, <StoryWorldScreen storyId={storyId} entryId={anna.id} />)
    expect(await screen.findByText('The world has changed since')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Way of speaking: back to the world' }))
    expect(bridge.inputsOf('storyWorlds.reset')).toEqual([{ storyId, entryId: anna.id, paths: ['voice'] }])
    await user.type(screen.getByRole('textbox', { name: 'Personality' }), 'x')
    await waitFor(() =>
      expect(bridge.inputsOf('storyWorlds.differ')).toEqual([
        { storyId, entryId: anna.id, changes: { personality: 'x' } },
      ])
    )
    await expectNoAxeViolations()
  })

  it('shows which worlds it takes, and in what it differs', async () => {
    renderWith(createInMemoryBridge(own), <StoryWorldScreen storyId={storyId} />)
    expect(await screen.findByRole('link', { name: 'Anna' })).toBeTruthy()
    expect(screen.getByText('Character · 1 field changed')).toBeTruthy()
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Style guide' }).value).toBe('Short.')
    await expectNoAxeViolations()
  })

  it('says who is in the scene and why, and holds them there', async () => {
    const bridge = createInMemoryBridge({
      ...own,
      'storyWorlds.scene': () => ({
        persona: null,
        characters: [
          {
            ...summaryMember(),
            reason: { type: 'named', key: 'Anna', passagesAfter: 0, quote: 'Anna came in' },
          },
        ],
        places: [],
        lore: [],
        asleep: [],
      }),
    })
    const { user } = renderWith(bridge, <ScenePanel storyId={storyId} />)
    expect(await screen.findByText('In the last passage: “Anna came in”')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Keep Anna in the scene' }))
    expect(bridge.inputsOf('storyWorlds.pinEntry')).toEqual([{ storyId, entryId: anna.id, pinned: true }])
    await expectNoAxeViolations()
  })
})

const summaryMember = () => ({
  id: anna.id,
  worldId,
  kind: 'character' as const,
  name: 'Anna',
  picture: null,
  excerpt: 'Keeps the lamp.',
  pinned: false,
})

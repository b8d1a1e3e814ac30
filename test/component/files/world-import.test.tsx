import { act, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { Story } from '@contract/entities/story'
import { StoryId, UploadId, WorldEntryId, WorldId } from '@contract/ids'
import { UPLOAD_PART, type ImportPlan, type ImportReport } from '@contract/routes/files'
import type { Language } from '@contract/values'
import { FilesDialogs } from '@renderer/features/files/FilesDialogs'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { story as sampleStory, storyWorld } from '@test/component/sample-data'

const NOW = '2026-01-01T00:00:00.000Z'
const uploadId = UploadId.parse('01900000-0000-7000-8000-0000000000a1')
const worldId = WorldId.parse('01900000-0000-7000-8000-0000000000b1')
const storyId = StoryId.parse('01900000-0000-7000-8000-0000000000c1')
const entryId = WorldEntryId.parse('01900000-0000-7000-8000-0000000000d1')

const item = (part: Partial<ImportPlan['items'][number]>): ImportPlan['items'][number] => ({
  key: 'character:Mira',
  kind: 'character',
  name: 'Mira',
  conflict: null,
  replaceable: true,
  address: null,
  headers: {},
  body: {},
  models: [],
  ...part,
})
const plan = (part: Partial<ImportPlan> = {}): ImportPlan => ({
  format: 'character',
  templates: [],
  items: [item({ holds: { greetings: 2, lore: 5, files: 1 } })],
  missing: [],
  changes: [],
  losses: [],
  needsModel: false,
  newWorld: 'Mira',
  ...part,
})
const report: ImportReport = {
  undoId: 'undo-1',
  presets: [],
  modelConfigs: [],
  templates: [],
  providers: [],
  characters: [{ id: entryId, worldId, name: 'Mira' }],
  lore: 5,
  world: { id: worldId, name: 'Sea' },
  takenBy: null,
  stories: [{ id: storyId, title: 'Night' }],
  replaced: 0,
  skipped: 0,
  dropped: [],
  changes: [],
}
const world = {
  id: worldId,
  name: 'Sea',
  description: '',
  entries: { character: 1, place: 0, persona: 0, lore: 0 },
  stories: 0,
  updatedAt: NOW,
}
const story: Story = { ...sampleStory, id: storyId, title: 'Night' }
const taken = storyWorld(storyId, [{ id: worldId, name: 'Sea' }])

function show(handlers: Handlers, language: Language = 'en') {
  const bridge = createInMemoryBridge({
    'worlds.list': () => [world],
    'files.lastImport': () => null,
    'files.upload': () => ({ uploadId }),
    'files.dropUploads': () => ({}),
    'files.preview': () => plan(),
    'files.import': () => report,
    ...handlers,
  })
  return { bridge, ...renderWith(bridge, <FilesDialogs />, language) }
}
const open = (...files: File[]) => act(() => useFilesDialog.getState().importFiles(files))
const card = new File(['{"spec":"chara_card_v2"}'], 'mira.json')
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

afterEach(() => {
  act(() => useFilesDialog.getState().close())
  window.location.hash = ''
})

describe('a character that is imported', () => {
  it('comes into a new world, which can be called otherwise', async () => {
    const { bridge, user } = show({})
    open(card)
    const characters = await screen.findByRole('region', { name: 'Characters' })
    expect(characters.textContent).toContain('2 greetings · 5 lore entries · 1 more file')
    const name = screen.getByRole('textbox', { name: 'Name of the new world' })
    expect(name).toHaveProperty('value', 'Mira')
    await user.clear(name)
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Import' }).disabled).toBe(true)
    await user.type(name, 'Harbour')
    await expectNoAxeViolations()
    await user.click(screen.getByRole('button', { name: 'Import' }))
    expect(await screen.findByText(/1 character, 5 lore entries, 1 story/)).toBeTruthy()
    expect(screen.getByText('They are in the world “Sea”.')).toBeTruthy()
    expect(bridge.inputsOf('files.import')[0]?.choices).toMatchObject({ world: { name: 'Harbour' } })
    // What a new world is called changes nothing about what is in the file.
    expect(bridge.inputsOf('files.preview')).toHaveLength(1)
  })

  it('is looked at again for the world that is chosen, and asks about one of its name', async () => {
    const { bridge, user } = show({
      'files.preview': ({ world: into }) => plan({ items: [item({ conflict: into ? 'different' : null })] }),
    })
    open(card)
    await screen.findByRole('option', { name: 'Sea' })
    await user.selectOptions(screen.getByRole('combobox', { name: 'World' }), 'Sea')
    await user.selectOptions(await screen.findByRole('combobox', { name: 'What to do with Mira' }), 'Replace mine')
    await user.click(screen.getByRole('button', { name: 'Import' }))
    await waitFor(() =>
      expect(bridge.inputsOf('files.import')[0]?.choices).toMatchObject({
        world: { id: worldId },
        conflicts: { 'character:Mira': 'replace' },
      })
    )
  })

  it('goes to the story that is open, which stays open', async () => {
    window.location.hash = `/stories/${storyId}`
    const { bridge, user } = show({
      'stories.get': () => story,
      'storyWorlds.get': () => taken,
      'files.import': () => ({ ...report, stories: [], takenBy: { id: storyId, title: 'Night' } }),
      'files.lastImport': () => ({ undoId: 'undo-1', fileName: 'mira.json', files: 1, importedAt: NOW }),
      'files.undo': () => ({}),
    })
    open(card)
    const takes = await screen.findByRole<HTMLInputElement>('checkbox', { name: 'Use this world in “Night”' })
    expect(takes.checked).toBe(true)
    // What the story takes already is not asked about.
    await user.selectOptions(screen.getByRole('combobox', { name: 'World' }), 'Sea')
    await waitFor(() => expect(screen.queryByRole('checkbox', { name: /Use this world/ })).toBeNull())
    await user.selectOptions(screen.getByRole('combobox', { name: 'World' }), 'New world')
    await screen.findByRole('checkbox', { name: /Use this world/ })
    await expectNoAxeViolations()
    await user.click(screen.getByRole('button', { name: 'Import' }))
    expect(await screen.findByText('“Night” uses the world “Sea” now.')).toBeTruthy()
    expect(bridge.inputsOf('files.import')[0]?.choices).toMatchObject({ story: storyId })
    await user.click(screen.getByRole('button', { name: 'Undo the import' }))
    await waitFor(() => expect(bridge.inputsOf('files.undo')).toEqual([{ undoId: 'undo-1' }]))
    await screen.findByText('The import is undone.')
    expect(window.location.hash).toBe(`#/stories/${storyId}`)
  })

  it('stays out of the open story when the writer says so', async () => {
    window.location.hash = `/stories/${storyId}`
    const { bridge, user } = show({ 'stories.get': () => story, 'storyWorlds.get': () => taken }, 'ru')
    open(card)
    await user.click(await screen.findByRole('checkbox', { name: 'Взять этот мир в историю «Night»' }))
    await user.click(screen.getByRole('button', { name: 'Импортировать' }))
    await waitFor(() => expect(bridge.inputsOf('files.import')).toHaveLength(1))
    expect(bridge.inputsOf('files.import')[0]?.choices).not.toHaveProperty('story')
  })

  it('is sent in parts when it is a picture, and let go of when the dialog closes', async () => {
    const { bridge } = show({})
    const picture = new File([PNG, new Uint8Array(UPLOAD_PART)], 'mira.png')
    open(picture)
    await screen.findByRole('region', { name: 'Characters' })
    const parts = bridge.inputsOf('files.upload')
    expect(parts.map((part) => part.uploadId)).toEqual([undefined, uploadId])
    const bytes = parts.flatMap(({ data }) => Array.from(atob(data), (sign) => sign.codePointAt(0) ?? 0))
    expect(bytes.slice(0, 8)).toEqual([...PNG])
    expect(bytes).toHaveLength(picture.size)
    expect(bridge.inputsOf('files.preview')).toEqual([{ fileName: 'mira.png', language: 'en', uploadId }])
    act(() => useFilesDialog.getState().close())
    await waitFor(() => expect(bridge.inputsOf('files.dropUploads')).toEqual([{ uploadIds: [uploadId] }]))
  })

  it('says what is only kept of it', async () => {
    const losses = [{ field: 'system_prompt', value: '"Be brief."', reason: 'kept' } as const]
    const { user } = show({ 'files.preview': () => plan({ losses }) }, 'ru')
    open(card)
    await user.click(await screen.findByText('Сохранится без применения: 1 поле'))
    expect(screen.getByText(/моделям не отправит/)).toBeTruthy()
    expect(screen.getByText('system_prompt')).toBeTruthy()
    expect(screen.getByRole('region', { name: 'Персонажи' }).textContent).toContain('5 записей лора')
  })
})

describe('a chat that is imported', () => {
  it('needs no world, and says how far it is', async () => {
    const chat = item({ key: 'story:Night', kind: 'story', name: 'Night', holds: { passages: 1200, alternatives: 1 } })
    let end: (done: ImportReport) => void = () => undefined
    const { bridge, user } = show({
      'files.preview': () => plan({ format: 'chat', newWorld: null, items: [chat] }),
      'files.import': () => new Promise<ImportReport>((resolve) => (end = resolve)),
    })
    open(new File(['{}'], 'night.jsonl'))
    const stories = await screen.findByRole('region', { name: 'Stories' })
    expect(within(stories).getByText('1,200 passages · 1 alternative')).toBeTruthy()
    expect(screen.queryByRole('region', { name: 'World' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Import' }))
    act(() => bridge.emit({ name: 'files.progress', payload: { done: 300, total: 1200 } }))
    expect(await screen.findByRole('progressbar', { name: 'Writing passages: 300 of 1,200' })).toBeTruthy()
    act(() => end({ ...report, characters: [], lore: 0, world: null }))
    expect(await screen.findByText('Imported: 1 story')).toBeTruthy()
  })
})

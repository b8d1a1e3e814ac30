import { act } from '@testing-library/react'
import { afterEach, beforeEach, vi } from 'vitest'
import type { ImportPlan, ImportReport } from '@contract/routes/files'
import type { RouteInput } from '@contract/routes'
import type { Language } from '@contract/values'
import { FilesDialogs } from '@renderer/features/files/FilesDialogs'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { preset, presetHandlers, presetId, router } from '@test/component/presets/fixtures'
import { renderWith } from '@test/component/render'

type Missing = ImportPlan['missing'][number]

export const plan = (part: Partial<ImportPlan> = {}): ImportPlan => ({
  format: 'fabula',
  templates: [],
  items: [],
  missing: [],
  changes: [],
  losses: [],
  needsModel: false,
  newWorld: null,
  ...part,
})
type Item = ImportPlan['items'][number]
export const item = (name: string, conflict: Item['conflict'], part: Partial<Item> = {}): Item => ({
  key: `${part.kind ?? 'preset'}:${name}`,
  kind: 'preset',
  name,
  conflict,
  replaceable: conflict === 'different',
  address: null,
  headers: {},
  body: {},
  models: [],
  ...part,
})
export const missing = (part: Partial<Missing>): Missing => ({
  key: 'token:router/Work',
  kind: 'token',
  name: 'Work',
  providerId: router.id,
  modelKind: null,
  usedBy: ['Noir'],
  ...part,
})
export const report = (part: Partial<ImportReport> = {}): ImportReport => ({
  undoId: 'undo-1',
  presets: [{ id: presetId(1), name: 'Noir' }],
  modelConfigs: [],
  templates: [],
  providers: [],
  characters: [],
  lore: 0,
  world: null,
  takenBy: null,
  stories: [],
  replaced: 0,
  skipped: 0,
  dropped: [],
  changes: [],
  ...part,
})

export const textIn = (file: RouteInput<'files.preview'>): string | null => ('text' in file ? file.text : null)

export function show(handlers: Handlers, language: Language = 'en') {
  const bridge = createInMemoryBridge({ ...presetHandlers([preset(1), preset(2)]).handlers, ...handlers })
  return { bridge, ...renderWith(bridge, <FilesDialogs />, language) }
}
export const openFile = (text: string, name = 'noir.fabula.json') =>
  act(() => useFilesDialog.getState().importFiles([new File([text], name)]))
export const lastImport = {
  undoId: 'undo-1',
  fileName: 'noir.fabula.json',
  files: 1,
  importedAt: '2026-01-01T00:00:00.000Z',
}

/** Before each test of a file, room for the model picker, which draws only the lines that fit; after it, no open dialog. */
export function prepareDialogs(): void {
  beforeEach(() => {
    vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(380)
    vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(560)
  })
  afterEach(() => act(() => useFilesDialog.getState().close()))
}

import { FabulaError, FileError, StoryError } from '@contract/errors'
import type { StoryId, UploadId } from '@contract/ids'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import type { PictureFolder } from '@main/data/picture-folder'
import type { Stores } from '@main/data/stores'
import type { UploadFolder } from '@main/data/upload-folder'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { Redactor } from '@main/platform/redact'
import type { Vault } from '@main/secrets/vault'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import type { RoleRegistry } from '@main/settings/role-registry'
import { exportChat } from './export-chat'
import { exportBook, exportText } from './export-text'
import { exportFile } from './export-file'
import { exportStory } from './export-story'
import { exportCharacter, exportLore } from './export-worlds'
import type { ParsedChoices } from './import-settings'
import { createLastImports } from './last-import'
import { importFiles } from './import-files'
import { readIncoming } from './read-incoming'
import { resolveStoryWorlds, storyFileItem } from './resolve-story'
import { newWorldName, resolveWorlds } from './resolve-worlds'
import { storyItem } from './story-item'
import { textItem } from './text-file'
import { textOutline } from './text-outline'
import type { TemplateShelf } from './template-shelf'
import { undoImport } from './undo-import'
import { understandSettings } from './understand-settings'
import { writtenChanges } from './written-changes'

/** Configuration, characters, lore and chats that come and go as files. */
export interface Files {
  export(asked: ParsedInput<'files.export'>): RouteOutput<'files.export'>
  exportCharacter(asked: ParsedInput<'files.exportCharacter'>): Promise<RouteOutput<'files.exportCharacter'>>
  exportLore(asked: ParsedInput<'files.exportLore'>): RouteOutput<'files.exportLore'>
  exportText(asked: ParsedInput<'files.exportText'>): Promise<RouteOutput<'files.exportText'>>
  exportBook(asked: ParsedInput<'files.exportBook'>): Promise<RouteOutput<'files.exportBook'>>
  textOutline(asked: ParsedInput<'files.textOutline'>): RouteOutput<'files.textOutline'>
  exportChat(id: StoryId): Promise<RouteOutput<'files.exportChat'>>
  exportStory(id: StoryId): Promise<RouteOutput<'files.exportStory'>>
  upload(asked: ParsedInput<'files.upload'>): Promise<RouteOutput<'files.upload'>>
  dropUploads(ids: readonly UploadId[]): Promise<void>
  preview(asked: ParsedInput<'files.preview'>): Promise<RouteOutput<'files.preview'>>
  import(asked: ParsedInput<'files.import'>): Promise<RouteOutput<'files.import'>>
  /** Ends imports that are on their way: nothing of them stays. */
  stopImport(): void
  /** The import that can be undone, or null. */
  lastImport(): RouteOutput<'files.lastImport'>
  undo(undoId: string): void
  /** Ends imports that are on their way: nothing of them stays. */
  close(): Promise<void>
}

const noChoices: ParsedChoices = { conflicts: {}, tokens: {}, servers: {}, models: {} }

export function createFiles(ports: {
  stores: Stores
  directory: ProviderDirectory
  roles: RoleRegistry
  redactor: Redactor
  vault: Vault
  events: EventHub
  clock: Clock
  uploads: UploadFolder
  pictures: PictureFolder
  shelf: TemplateShelf
  /** Names that say something in every template. */
  takenNames: ReadonlySet<string>
}): Files {
  const { stores, events, clock, uploads } = ports
  const last = createLastImports(stores.facts)
  const closing = new AbortController()
  const { signal } = closing
  const running = new Set<Promise<unknown>>()
  let stopping = new AbortController()

  const follow = async <Result>(work: Promise<Result>): Promise<Result> => {
    running.add(work)
    try {
      return await work
    } finally {
      running.delete(work)
    }
  }

  return {
    export: (asked) => exportFile(ports, asked),
    exportCharacter: (asked) => exportCharacter(ports, asked),
    exportLore: (asked) => exportLore(ports, asked),
    exportChat: (id) => follow(exportChat(stores, id, signal)),
    exportText: (asked) => follow(exportText(stores, asked, signal)),
    exportBook: (asked) => follow(exportBook(stores, asked, timestamp(clock), signal)),
    textOutline: (asked) => textOutline(stores, asked),
    exportStory: (id) => follow(exportStory(ports, id, signal)),
    upload: async ({ uploadId, data }) => ({
      uploadId: await uploads.append(uploadId, Buffer.from(data, 'base64')),
    }),
    dropUploads: (ids) => uploads.drop(ids),

    preview: async ({ model, world, preset, language, passages, ...file }) => {
      const incoming = await readIncoming({ ...ports, signal }, file)
      const choices: ParsedChoices = { ...noChoices, model, world, preset, language }
      const plain = { templates: [], missing: [], changes: [], losses: [], needsModel: false, newWorld: null }
      if (incoming.of === 'settings') {
        const { resolve, ...read } = understandSettings(ports, incoming.read, file.fileName, choices)
        const { items, missing, changes } = resolve()
        return { ...plain, ...read, items, missing, changes }
      }
      if (incoming.of === 'story') {
        const { items } = resolveStoryWorlds(stores, incoming.file, choices)
        return { ...plain, format: 'story', items: [storyFileItem(incoming.file), ...items] }
      }
      if (incoming.of === 'text')
        return { ...plain, format: 'text', items: [await textItem(incoming.file, passages ?? 'scene', signal)] }
      const { file: read } = incoming
      if (read.kind === 'chat') return { ...plain, format: 'chat', items: [storyItem(read)], losses: read.losses }
      return {
        ...plain,
        format: read.kind,
        items: resolveWorlds(stores, [read], choices).items,
        losses: read.losses,
        newWorld: newWorldName(stores, [read]),
      }
    },

    import: (asked) =>
      follow(importFiles({ ...ports, last, signal: AbortSignal.any([signal, stopping.signal]) }, asked)),
    stopImport: () => {
      stopping.abort(new FabulaError(FileError.ImportStopped, 'The import was stopped'))
      stopping = new AbortController()
    },

    lastImport: last.get,

    undo: (undoId) => {
      const written = stores.transaction(() => {
        const written = last.get()?.undoId === undoId ? last.rows() : null
        if (!written) throw new FabulaError(FileError.UndoGone, 'Another import came after this one')
        undoImport(ports, written, timestamp(clock))
        last.forget()
        return written
      })
      events.changed(...writtenChanges(stores, written))
    },

    close: async () => {
      closing.abort(new FabulaError(StoryError.Interrupted, 'The app closes', { retryable: true }))
      await Promise.allSettled(running)
      await uploads.close()
    },
  }
}

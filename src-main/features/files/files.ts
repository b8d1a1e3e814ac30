import { z } from 'zod'
import { CommonError, FabulaError, FileError, StoryError } from '@contract/errors'
import type { StoryId, UploadId } from '@contract/ids'
import type { ImportFile } from '@contract/routes/files'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import type { PictureFolder } from '@main/data/picture-folder'
import type { Stores } from '@main/data/stores'
import type { UploadFolder } from '@main/data/upload-folder'
import { refuseTooLarge } from '@main/formats/read-json'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import type { Redactor } from '@main/platform/redact'
import type { Vault } from '@main/secrets/vault'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import type { RoleRegistry } from '@main/settings/role-registry'
import { exportChat } from './export-chat'
import { exportFile } from './export-file'
import { exportCharacter, exportLore } from './export-worlds'
import { importReport } from './import-report'
import type { ParsedChoices } from './import-settings'
import { joinTemplates } from './join-templates'
import { createLastImports } from './last-import'
import { readIncoming, type Incoming } from './read-incoming'
import { newWorldName, resolveWorlds } from './resolve-worlds'
import { storyItem } from './story-item'
import { undoImport } from './undo-import'
import { understandSettings } from './understand-settings'
import { keepFiles } from './world-files'
import { forgetChats, showChats, writeChats } from './write-chats'
import { joinWritten, writeImport } from './write-import'
import { writeWorlds } from './write-worlds'
import { writtenChanges } from './written-changes'

/** Configuration, characters, lore and chats that come and go as files. */
export interface Files {
  export(asked: ParsedInput<'files.export'>): RouteOutput<'files.export'>
  exportCharacter(asked: ParsedInput<'files.exportCharacter'>): Promise<RouteOutput<'files.exportCharacter'>>
  exportLore(asked: ParsedInput<'files.exportLore'>): RouteOutput<'files.exportLore'>
  exportChat(id: StoryId): Promise<RouteOutput<'files.exportChat'>>
  upload(asked: ParsedInput<'files.upload'>): Promise<RouteOutput<'files.upload'>>
  dropUploads(ids: readonly UploadId[]): Promise<void>
  preview(asked: ParsedInput<'files.preview'>): Promise<RouteOutput<'files.preview'>>
  import(asked: ParsedInput<'files.import'>): Promise<RouteOutput<'files.import'>>
  /** The import that can be undone, or null. */
  lastImport(): RouteOutput<'files.lastImport'>
  undo(undoId: string): void
  /** Ends imports that are on their way: nothing of them stays. */
  close(): Promise<void>
}

const UndoId = z.uuidv7()

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
}): Files {
  const { stores, events, clock, uploads, pictures } = ports
  const last = createLastImports(stores.facts)
  const closing = new AbortController()
  const { signal } = closing
  const running = new Set<Promise<unknown>>()

  const settingsOf = (incoming: readonly Incoming[], files: readonly ImportFile[], choices: ParsedChoices) => {
    const named = incoming.flatMap((one, place) =>
      one.of === 'settings' ? [{ read: one.read, fileName: files[place]?.fileName ?? '' }] : []
    )
    return joinTemplates(named).map(({ read, fileName }) => understandSettings(ports, read, fileName, choices))
  }

  const importAll = async ({ files, choices }: ParsedInput<'files.import'>): Promise<RouteOutput<'files.import'>> => {
    refuseTooLarge(files.flatMap((file) => ('text' in file ? [file.text] : [])))
    const incoming: Incoming[] = []
    // One after another: each may be large.
    for (const file of files) incoming.push(await readIncoming({ ...ports, signal }, file))
    const settings = settingsOf(incoming, files, choices)
    if (settings.some(({ needsModel }) => needsModel))
      throw new FabulaError(CommonError.BadInput, 'A file names no model that is known here', {
        details: { path: 'choices.model' },
      })
    const worldFiles = incoming.flatMap((one) => (one.of === 'worlds' ? [one.file] : []))
    const undoId = newId(UndoId)
    const importedAt = timestamp(clock)
    await keepFiles(worldFiles, pictures)
    const report = (done: number, total: number) => events.publish('files.progress', { done, total })
    const chats = worldFiles.filter((file) => file.kind === 'chat')
    const stories = await writeChats({ stores, signal, report }, chats, importedAt)
    try {
      return stores.transaction(() => {
        // Each file meets what the ones before it have written, as if they came one after another.
        const done = settings.map(({ resolve }) => {
          const resolution = resolve()
          return { resolution, written: writeImport(stores, resolution, importedAt) }
        })
        const worlds = resolveWorlds(stores, worldFiles, choices)
        const writtenWorlds = writeWorlds(stores, worlds, importedAt)
        const writtenStories = showChats(stores, stories, worlds.worldId, importedAt)
        const written = joinWritten([...done.map((one) => one.written), writtenWorlds, writtenStories])
        const { report: result, isEmpty } = importReport(
          stores,
          undoId,
          done.map((one) => one.resolution),
          worlds,
          written
        )
        // An import that wrote nothing leaves the one before it to be undone.
        if (isEmpty) return result
        last.remember({ undoId, fileName: files[0]?.fileName ?? '', files: files.length, importedAt }, written)
        events.changed(...writtenChanges(stores, written))
        return result
      })
    } catch (error) {
      forgetChats(stores, stories)
      throw error
    }
  }

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
    upload: async ({ uploadId, data }) => ({
      uploadId: await uploads.append(uploadId, Buffer.from(data, 'base64')),
    }),
    dropUploads: (ids) => uploads.drop(ids),

    preview: async ({ model, world, preset, language, ...file }) => {
      const incoming = await readIncoming({ ...ports, signal }, file)
      const choices: ParsedChoices = { ...noChoices, model, world, preset, language }
      const plain = { templates: [], missing: [], losses: [], needsModel: false, newWorld: null }
      if (incoming.of === 'settings') {
        const { resolve, ...read } = understandSettings(ports, incoming.read, file.fileName, choices)
        const { items, missing } = resolve()
        return { ...plain, ...read, items, missing }
      }
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

    import: (asked) => follow(importAll(asked)),

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

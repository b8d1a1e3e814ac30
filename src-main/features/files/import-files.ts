import { z } from 'zod'
import { CommonError, FabulaError } from '@contract/errors'
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
import type { ProviderDirectory } from '@main/settings/provider-directory'
import type { RoleRegistry } from '@main/settings/role-registry'
import { importReport } from './import-report'
import type { ParsedChoices } from './import-settings'
import { joinTemplates } from './join-templates'
import type { LastImports } from './last-import'
import { readIncoming, type Incoming } from './read-incoming'
import { resolveWorlds } from './resolve-worlds'
import type { TemplateShelf } from './template-shelf'
import { understandSettings, type UnderstoodSettings } from './understand-settings'
import { showTexts, textDraft, type TextDraft } from './text-file'
import { keepFiles } from './world-files'
import { chatDrafts, showChats, type ChatDraft } from './write-chats'
import { forgetDrafts, writeDrafts, type HiddenStory } from './write-drafts'
import { joinWritten, writeImport } from './write-import'
import { fileDraft, showStoryFiles, type FileDraft } from './write-story-files'
import { linkWorld, writeWorlds } from './write-worlds'
import { writtenChanges } from './written-changes'

const UndoId = z.uuidv7()

interface Ports {
  stores: Stores
  directory: ProviderDirectory
  roles: RoleRegistry
  redactor: Redactor
  events: EventHub
  clock: Clock
  uploads: UploadFolder
  pictures: PictureFolder
  shelf: TemplateShelf
  takenNames: ReadonlySet<string>
  last: LastImports
  signal: AbortSignal
}

type AnyDraft = ChatDraft | FileDraft | TextDraft
type HiddenDraft = HiddenStory<AnyDraft>
const isOfChat = (story: HiddenDraft): story is HiddenStory<ChatDraft> => 'chat' in story.draft
const isOfText = (story: HiddenDraft): story is HiddenStory<TextDraft> => 'of' in story.draft
const isOfFile = (story: HiddenDraft): story is HiddenStory<FileDraft> => 'file' in story.draft

/**
 * Takes in files, all or nothing. Stories take as long as they are, and stop nothing else meanwhile; everything else is one
 * transaction.
 */
export async function importFiles(
  ports: Ports,
  { files, choices }: ParsedInput<'files.import'>
): Promise<RouteOutput<'files.import'>> {
  const { stores, events, clock, pictures, last, signal } = ports
  refuseTooLarge(files.flatMap((file) => ('text' in file ? [file.text] : [])))
  const incoming: Incoming[] = []
  // One after another: each may be large.
  for (const file of files) incoming.push(await readIncoming(ports, file))
  const settings = settingsOf(ports, incoming, files, choices)
  if (settings.some(({ needsModel }) => needsModel))
    throw new FabulaError(CommonError.BadInput, 'A file names no model that is known here', {
      details: { path: 'choices.model' },
    })
  const undoId = newId(UndoId)
  const importedAt = timestamp(clock)
  const worldFiles = incoming.flatMap((one) => (one.of === 'worlds' ? [one.file] : []))
  await keepFiles(worldFiles, pictures)
  const drafts = await draftsOf(ports, incoming, choices)
  const report = (done: number, total: number) => events.publish('files.progress', { done, total })
  const hidden = await writeDrafts({ stores, signal, report }, drafts, importedAt)
  try {
    return stores.transaction(() => {
      // Each file meets what the ones before it have written, as if they came one after another.
      const done = settings.map(({ resolve }) => {
        const resolution = resolve()
        return { resolution, written: writeImport(stores, resolution, importedAt) }
      })
      const worlds = resolveWorlds(stores, worldFiles, choices)
      const writtenWorlds = writeWorlds(stores, worlds, importedAt)
      const linked = linkWorld(stores, choices.story, worlds, importedAt)
      const writtenChats = showChats(stores, hidden.filter(isOfChat), worlds.worldId, importedAt)
      const writtenTexts = showTexts(stores, hidden.filter(isOfText), importedAt)
      const ofFiles = showStoryFiles(stores, hidden.filter(isOfFile), choices, importedAt)
      const ofSettings = done.map((one) => one.written)
      const written = joinWritten([...ofSettings, writtenWorlds, linked, writtenChats, writtenTexts, ofFiles.written])
      const resolutions = [...done.map((one) => one.resolution), ofFiles]
      const { report: result, isEmpty } = importReport(stores, undoId, resolutions, worlds, written)
      // An import that wrote nothing leaves the one before it to be undone.
      if (isEmpty) return result
      last.remember({ undoId, fileName: files[0]?.fileName ?? '', files: files.length, importedAt }, written)
      events.changed(...writtenChanges(stores, written))
      return result
    })
  } catch (error) {
    forgetDrafts(stores, hidden)
    throw error
  }
}

function settingsOf(
  ports: Ports,
  incoming: readonly Incoming[],
  files: readonly ImportFile[],
  choices: ParsedChoices
): UnderstoodSettings[] {
  const named = incoming.flatMap((one, place) =>
    one.of === 'settings' ? [{ read: one.read, fileName: files[place]?.fileName ?? '' }] : []
  )
  return joinTemplates(named).map(({ read, fileName }) => understandSettings(ports, read, fileName, choices))
}

async function draftsOf(
  { pictures, signal }: Ports,
  incoming: readonly Incoming[],
  { passages = 'scene' }: ParsedChoices
): Promise<AnyDraft[]> {
  const chats = incoming.flatMap((one) => (one.of === 'worlds' && one.file.kind === 'chat' ? [one.file] : []))
  const drafts: AnyDraft[] = await chatDrafts(chats, signal)
  // One after another: each may bring many pictures.
  for (const one of incoming) if (one.of === 'story') drafts.push(await fileDraft(one.file, pictures))
  // The same for texts.
  for (const one of incoming) if (one.of === 'text') drafts.push(await textDraft(one.file, passages, signal))
  return drafts
}

import { createHash } from 'node:crypto'
import type { ImportReport } from '@contract/routes/files'
import type { PictureFolder } from '@main/data/picture-folder'
import type { Stores } from '@main/data/stores'
import { faultAt } from '@main/formats/file-fault'
import type { ParsedChoices } from './import-settings'
import { picturesOf } from './pictures-of'
import { entryRow, resolveStoryWorlds } from './resolve-story'
import type { StoryFile } from './story-file'
import type { HiddenStory, StoryDraft } from './write-drafts'
import { nothingWritten, type WrittenImport } from './write-import'

/** A story of a file of Fabula. */
export interface FileDraft extends StoryDraft {
  file: StoryFile
  /** The pictures that the file names and that are here. */
  pictures: ReadonlySet<string>
}

/** Keeps the pictures of a story's worlds in the data folder. Throws `file_invalid` for one that is not what it is called. */
export async function fileDraft(file: StoryFile, folder: PictureFolder): Promise<FileDraft> {
  const { story, pictures, worlds } = file
  const here = new Set<string>()
  // One after another: each may be large.
  for (const [hash, data] of Object.entries(pictures)) {
    const bytes = Buffer.from(data, 'base64')
    if (createHash('sha256').update(bytes).digest('hex') !== hash)
      throw faultAt(['pictures', hash], 'is another picture than it is called')
    here.add(await folder.add(bytes))
  }
  for (const hash of new Set(worlds.flatMap(({ entries }) => entries.flatMap(picturesOf))))
    if (!here.has(hash) && (await folder.read(hash))) here.add(hash)
  return {
    title: story.title,
    language: story.language,
    createdAt: story.createdAt,
    extra: story.extra,
    length: story.passages.length,
    head: story.head,
    file,
    pictures: here,
    passage: (place) => {
      const passage = story.passages[place]
      if (!passage) return undefined
      const { writtenBy, chapterEnd = null, extra = {}, ...rest } = passage
      return { ...rest, chapterEnd, extra, writtenBy: writtenBy && { ...writtenBy, ...unknownCost } }
    },
  }
}

const unknownCost = { tokenName: null, inputTokens: null, outputTokens: null, cost: null, dropped: [] }

/** What an import wrote of stories with worlds, and what it had to leave out. */
export interface WrittenStoryFiles {
  written: WrittenImport
  dropped: ImportReport['dropped']
  changes: ImportReport['changes']
  skipped: number
}

/**
 * Writes the worlds of stories and lets the stories be seen, each with what it takes of them. Runs inside the caller's
 * transaction.
 */
export function showStoryFiles(
  stores: Stores,
  stories: readonly HiddenStory<FileDraft>[],
  choices: ParsedChoices,
  now: string
): WrittenStoryFiles {
  const written: WrittenImport = { ...nothingWritten, worlds: [], entries: [], stories: [] }
  const dropped: ImportReport['dropped'] = []
  let skipped = 0
  for (const { id, headId, draft } of stories) {
    const { title, file, pictures } = draft
    const resolution = resolveStoryWorlds(stores, file, choices)
    skipped += resolution.skipped
    for (const { entries, fields, ...named } of resolution.worlds) {
      const world = { ...fields, ...named, createdAt: now, updatedAt: now }
      stores.worlds.insert(world)
      written.worlds.push(world)
      for (const given of entries) {
        const { entry, lost } = entryRow(named.id, given, (hash) => pictures.has(hash), now)
        stores.worlds.addEntry(entry)
        written.entries.push({ before: null, after: entry })
        if (lost) dropped.push({ item: named.name, kind: 'picture', name: entry.name })
      }
    }
    const lost = link(stores, id, file, resolution)
    if (lost > 0) dropped.push({ item: title, kind: 'world', name: '' })
    stores.stories.setHead(id, headId, now)
    stores.stories.setDeleted(id, null)
    written.stories.push({ id, title, headId, updatedAt: now })
  }
  return { written, dropped, changes: [], skipped }
}

/** Gives a story what it takes and changes of worlds; counts what is neither in the file nor here. */
function link(
  stores: Stores,
  id: HiddenStory['id'],
  { links }: StoryFile,
  { worldId, entryId }: ReturnType<typeof resolveStoryWorlds>
): number {
  let lost = 0
  const here = <Id>(one: Id | null): Id[] => {
    if (one === null) lost += 1
    return one === null ? [] : [one]
  }
  stores.storyWorlds.setWorlds(id, [...new Set(links.worlds.flatMap((one) => here(worldId(one))))])
  for (const how of ['taken', 'pinned', 'persona'] as const)
    for (const entry of links[how].flatMap((one) => here(entryId(one)))) stores.storyWorlds.useEntry(id, entry, how)
  for (const { entryId: about, ...difference } of links.differences) {
    const [entry] = about === null ? [null] : here(entryId(about))
    if (entry !== undefined) stores.storyWorlds.putDifference(id, { entryId: entry, ...difference })
  }
  return lost
}

import { z } from 'zod'
import type { CharacterEntry, LoreEntry, World } from '@contract/entities/world'
import { PictureHash } from '@contract/entities/world'
import { CommonError, FabulaError } from '@contract/errors'
import type { WorldEntryId, WorldId } from '@contract/ids'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import { JsonObject } from '@contract/values'
import { pictureType, type PictureFolder } from '@main/data/picture-folder'
import type { Stores } from '@main/data/stores'
import type { ArchivedFile } from '@main/formats/archive'
import { writeCardJson, writeCardPng, writeCharx } from '@main/formats/card-file'
import { objectAt } from '@main/formats/known-fields'
import { writeBook, writeWorldInfo, type BookWorld, type WrittenLore } from '@main/formats/lorebook'
import { fileNameFor } from './file-names'

interface Ports {
  stores: Stores
  pictures: PictureFolder
}

/**
 * Writes a character as a card, with what was kept of the file that it came from. Throws `not_found`.
 */
export async function exportCharacter(
  { stores, pictures }: Ports,
  { worldId, id, form, lore, picture: given }: ParsedInput<'files.exportCharacter'>
): Promise<RouteOutput<'files.exportCharacter'>> {
  const world = worldOf(stores, worldId)
  const entry = characterOf(stores, worldId, id)
  const card = {
    character: { name: entry.name, fields: entry.fields },
    extra: entry.extra,
    book: bookFor(stores, world, entry, lore),
  }
  const { picture: hash } = entry.fields
  const kept = hash === null ? null : await pictures.read(hash)
  const bytes = await (async () => {
    switch (form) {
      case 'json':
        return writeCardJson(card, 3)
      case 'png':
        // Another kind of picture was made a PNG by whoever can draw it.
        return writeCardPng(card, kept && pictureType(kept) === 'image/png' ? Buffer.from(kept) : fromBase64(given))
      case 'charx':
        return writeCharx(card, kept && withExtension(kept), await assetsOf(pictures, entry))
    }
  })()
  return { fileName: fileNameFor(entry.name, 'character', `.${form}`), data: bytes.toString('base64') }
}

/** Writes the lore of a world as a file of SillyTavern's world info. Throws `not_found`. */
export function exportLore(
  { stores }: Pick<Ports, 'stores'>,
  { worldId }: ParsedInput<'files.exportLore'>
): RouteOutput<'files.exportLore'> {
  const { name, description, extra } = worldOf(stores, worldId)
  const file = writeWorldInfo(name, description, objectAt(extra, 'lorebook'), loreOf(stores, worldId))
  return { fileName: fileNameFor(name, 'lorebook', '.json'), text: `${JSON.stringify(file, null, 2)}\n` }
}

const fromBase64 = (data: string | undefined): Buffer | null =>
  data === undefined ? null : Buffer.from(data, 'base64')

function worldOf(stores: Stores, id: WorldId): World {
  const world = stores.worlds.get(id)
  if (world) return world
  throw new FabulaError(CommonError.NotFound, `There is no world ${id}`, { details: { path: 'worldId' } })
}

function characterOf(stores: Stores, worldId: WorldId, id: WorldEntryId): CharacterEntry {
  const entry = stores.worlds.entry(id)
  if (entry?.kind === 'character' && entry.worldId === worldId) return entry
  throw new FabulaError(CommonError.NotFound, `The world ${worldId} has no character ${id}`, {
    details: { path: 'id' },
  })
}

const isLore = (entry: { kind: string }): entry is LoreEntry => entry.kind === 'lore'

const loreOf = (stores: Stores, worldId: WorldId): (WrittenLore & { extra: JsonObject })[] =>
  stores.worlds.entries(worldId, 'lore').filter(isLore)

/** What an import keeps of the book that a card carried. */
const KeptBook = z.object({ id: z.string(), name: z.string().default(''), world: JsonObject.default({}) })

function bookFor(
  stores: Stores,
  { id, name, scanDepth, loreBudget, recursionSteps }: World,
  entry: CharacterEntry,
  wanted: ParsedInput<'files.exportCharacter'>['lore']
): JsonObject | null {
  const own = objectAt(entry.extra, 'book')
  const kept = KeptBook.safeParse(own)
  if (wanted === 'none') return null
  if (wanted === 'world') {
    const all = loreOf(stores, id)
    return all.length === 0 ? null : writeBook(name, { scanDepth, loreBudget, recursionSteps }, {}, all)
  }
  if (!kept.success) return null
  const lore = loreOf(stores, id).filter(({ extra }) => extra['book'] === kept.data.id)
  return writeBook(kept.data.name, bookWorld(kept.data.world), own, lore)
}

const BookWorldFields = z
  .object({
    description: z.string(),
    scanDepth: z.number(),
    loreBudget: z.number(),
    recursionSteps: z.number(),
  })
  .partial()

function bookWorld(kept: JsonObject): Partial<BookWorld> {
  const { success, data } = BookWorldFields.safeParse(kept)
  if (!success) return {}
  const { description, scanDepth, loreBudget, recursionSteps } = data
  return {
    ...(description === undefined ? {} : { description }),
    ...(scanDepth === undefined ? {} : { scanDepth }),
    ...(loreBudget === undefined ? {} : { loreBudget }),
    ...(recursionSteps === undefined ? {} : { recursionSteps }),
  }
}

const extensions = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp', 'image/gif': 'gif' } as const

function withExtension(bytes: Uint8Array): { bytes: Buffer; extension: string } | null {
  const type = pictureType(bytes)
  return type && { bytes: Buffer.from(bytes), extension: extensions[type] }
}

const KeptFiles = z.array(z.object({ path: z.string(), hash: PictureHash })).catch([])

/** The files of the archive that a character came in. */
async function assetsOf(pictures: PictureFolder, { extra }: CharacterEntry): Promise<ArchivedFile[]> {
  const assets: ArchivedFile[] = []
  // One after another: there may be many, and each may be large.
  for (const { path, hash } of KeptFiles.parse(extra['files'] ?? [])) {
    const bytes = await pictures.read(hash)
    if (bytes) assets.push({ path, bytes: Buffer.from(bytes) })
  }
  return assets
}

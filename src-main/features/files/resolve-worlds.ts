import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { WorldFields, type CharacterEntry, type LoreEntry, type World, type WorldEntry } from '@contract/entities/world'
import { CommonError, FabulaError } from '@contract/errors'
import { WorldEntryId, WorldId } from '@contract/ids'
import { freeName, nameKey, takenAmong } from '@contract/names'
import type { ImportPlan } from '@contract/routes/files'
import type { Stores } from '@main/data/stores'
import { objectAt } from '@main/formats/known-fields'
import type { ReadLore } from '@main/formats/lorebook'
import { newId } from '@main/platform/ids'
import type { Write } from './import-context'
import type { ParsedChoices } from './import-settings'
import type { CardFile, LoreFile, WorldFile } from './world-files'

type Item = ImportPlan['items'][number]

/** What characters and lore come to here. Times are set when it is written. */
export interface WorldResolution {
  items: Item[]
  /** The world that is to be made; null where they come into one that is here, or where there are none. */
  newWorld: Undated<World> | null
  worldId: WorldId | null
  entries: Write<Undated<WorldEntry>>[]
  skipped: number
}

/** What is set when it is written. */
export type Undated<Row> = Row extends unknown ? Omit<Row, 'createdAt' | 'updatedAt'> : never

/**
 * Finds out what characters and lorebooks come to in the world that was chosen, or in a new one. Writes nothing. Throws
 * `not_found` for a world that is not here.
 */
export function resolveWorlds(stores: Stores, all: readonly WorldFile[], choices: ParsedChoices): WorldResolution {
  const files = all.filter((file): file is CardFile | LoreFile => file.kind !== 'chat')
  if (files.length === 0) return { items: [], newWorld: null, worldId: null, entries: [], skipped: 0 }
  const world = targetWorld(stores, files, choices)
  const here = world.isNew ? [] : stores.worlds.entries(world.id)
  const characters = here.filter((entry) => entry.kind === 'character')
  const lore = here.filter((entry) => entry.kind === 'lore')
  const items: Item[] = []
  const entries: WorldResolution['entries'] = []
  let skipped = 0

  const addLore = (read: readonly ReadLore[], book: string) => {
    for (const one of read) {
      if (lore.some((known) => sameLore(known, one))) continue
      const row = loreEntry(world.id, one, book)
      lore.push({ ...row, createdAt: '', updatedAt: '' })
      entries.push({ row, before: null })
    }
  }
  const isHere = (read: readonly ReadLore[]) => read.every((one) => lore.some((known) => sameLore(known, one)))

  const addCharacter = (file: CardFile) => {
    const { card, book } = file
    const known = characters.find(({ name }) => nameKey(name) === nameKey(card.name)) ?? null
    const bookId = known ? bookIdOf(known) : randomUUID()
    const row = characterEntry(world.id, file, bookId)
    const isSame = known !== null && sameCharacter(known, row) && isHere(book?.entries ?? [])
    const item = itemOf(file, known === null ? null : isSame ? 'same' : 'different')
    items.push(item)
    if (isSame) return
    const choice = known ? (choices.conflicts[item.key] ?? 'keep_both') : 'keep_both'
    if (choice === 'skip') {
      skipped += 1
      return
    }
    const replaced = choice === 'replace' ? known : null
    const name = replaced ? replaced.name : freeName(card.name, takenAmong(characters.map((one) => one.name)))
    const own = replaced ? { ...row, id: replaced.id, name, enabled: replaced.enabled } : { ...row, name }
    characters.push({ ...own, createdAt: '', updatedAt: '' })
    entries.push({ row: own, before: replaced })
    addLore(book?.entries ?? [], bookId)
  }

  for (const file of files)
    if (file.kind === 'character') addCharacter(file)
    else {
      items.push(itemOf(file, file.book.entries.length > 0 && isHere(file.book.entries) ? 'same' : null))
      addLore(file.book.entries, randomUUID())
    }
  return { items, newWorld: world.isNew ? world.row : null, worldId: world.id, entries, skipped }
}

/** The name of the world that is made for files where none is chosen. */
export const newWorldName = (stores: Stores, all: readonly WorldFile[]): string | null => {
  const [first] = all.filter((file) => file.kind !== 'chat')
  return first ? freeName(nameOf(first), (name) => stores.worlds.hasName(name)) : null
}

const nameOf = (file: CardFile | LoreFile): string => (file.kind === 'character' ? file.card.name : file.name)

type Target = { isNew: false; id: WorldId } | { isNew: true; id: WorldId; row: Undated<World> }

function targetWorld(stores: Stores, files: readonly (CardFile | LoreFile)[], { world }: ParsedChoices): Target {
  if (world && 'id' in world) {
    if (stores.worlds.get(world.id)) return { isNew: false, id: world.id }
    throw new FabulaError(CommonError.NotFound, `There is no world ${world.id}`, { details: { path: 'world' } })
  }
  const id = newId(WorldId)
  const [only, ...others] = files
  // A lorebook that comes alone says how its world is searched for lore.
  const book = only?.kind === 'lorebook' && others.length === 0 ? only.book : null
  const wanted = world?.name ?? (only ? nameOf(only) : 'World')
  const name = freeName(wanted, (taken) => stores.worlds.hasName(taken))
  const fields = WorldFields.parse(book?.world ?? {})
  return { isNew: true, id, row: { ...fields, id, name, extra: book ? { lorebook: book.extra } : {} } }
}

function characterEntry(worldId: WorldId, file: CardFile, bookId: string): Undated<CharacterEntry> {
  const { card, book, picture, files } = file
  const assets = files.flatMap(({ path, hash }) => (path === null ? [] : [{ path, hash }]))
  return {
    id: newId(WorldEntryId),
    worldId,
    kind: 'character',
    name: card.name,
    enabled: true,
    fields: { ...card.fields, picture },
    extra: {
      ...card.extra,
      ...(assets.length > 0 ? { files: assets } : {}),
      ...(book ? { book: { id: bookId, name: book.name, world: book.world, ...book.extra } } : {}),
    },
  }
}

function loreEntry(worldId: WorldId, { name, enabled, fields, extra }: ReadLore, book: string): Undated<LoreEntry> {
  return {
    id: newId(WorldEntryId),
    worldId,
    kind: 'lore',
    name,
    enabled,
    fields,
    extra: { ...extra, book },
  }
}

const sameLore = (known: LoreEntry, { name, enabled, fields }: ReadLore): boolean =>
  known.name === name && known.enabled === enabled && isDeepStrictEqual(known.fields, fields)

/** The book of a character is told by a name of its own, so that its lore can go into its card again. */
function bookIdOf({ extra }: CharacterEntry): string {
  const { id } = objectAt(extra, 'book')
  return typeof id === 'string' ? id : randomUUID()
}

const sameCharacter = (known: CharacterEntry, row: Undated<CharacterEntry>): boolean =>
  isDeepStrictEqual(known.fields, row.fields) && isDeepStrictEqual(known.extra, row.extra)

function itemOf(file: CardFile | LoreFile, conflict: Item['conflict']): Item {
  const name = nameOf(file)
  return {
    key: `${file.kind}:${name}`,
    kind: file.kind,
    name,
    conflict,
    replaceable: file.kind === 'character',
    address: null,
    headers: {},
    body: {},
    models: [],
    holds: holdsOf(file),
  }
}

function holdsOf(file: CardFile | LoreFile): NonNullable<Item['holds']> {
  const lore = file.book?.entries.length ?? 0
  if (file.kind === 'lorebook') return { lore }
  const greetings = file.card.fields.greetings.length
  return {
    ...(greetings > 0 ? { greetings } : {}),
    ...(lore > 0 ? { lore } : {}),
    ...(file.card.assets.length > 0 ? { files: file.card.assets.length } : {}),
  }
}

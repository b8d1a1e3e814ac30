import { z } from 'zod'
import type { WorldFields } from '@contract/entities/world'
import { JsonObject, JsonValue } from '@contract/values'
import type { CardLoss } from './card'
import { faultAt, faultOf } from './file-fault'
import { objectAt, unknownOf, without, writtenOver, type FieldGroups } from './known-fields'
import { BookEntry, fromBook, fromWorldInfo, toBook, toWorldInfo, WorldInfoEntry, type Lore } from './lore-entry'
import { looseNumber, looseSwitch, looseText, wholeWithin } from './loose'
import { shownName } from './shown-name'

/** The two forms of a lorebook: a file of SillyTavern's world info, and the book in a character card. */
export type BookForm = 'worldInfo' | 'book'

/** What a lorebook says of the world that it is of. */
export type BookWorld = Pick<WorldFields, 'description' | 'scanDepth' | 'loreBudget' | 'recursionSteps'>

export interface ReadLore extends Lore {
  /** What Fabula does not know of the entry, to be written back. */
  extra: JsonObject
}

export interface ReadLorebook {
  /** Empty where the book has no name of its own. */
  name: string
  /** What the book says of itself; fields that it does not name are missing. */
  world: Partial<BookWorld>
  entries: ReadLore[]
  extra: JsonObject
  losses: CardLoss[]
}

const Entries = z.union([z.array(JsonValue), JsonObject], { error: 'must be a list of entries' })

const Book = z.object({
  name: looseText,
  description: looseText,
  scan_depth: looseNumber,
  token_budget: looseNumber,
  recursive_scanning: looseSwitch,
})

/** Whether an object is a lorebook of its own: SillyTavern's world info, or version 3's book in a file. */
export function isLorebook(json: JsonObject): boolean {
  if (json['spec'] === 'lorebook_v3') return Object.keys(objectAt(json, 'data')).length > 0
  const { entries } = json
  const first: unknown = Array.isArray(entries) ? entries[0] : Object.values(objectAt(json, 'entries'))[0]
  const entry = JsonObject.safeParse(first)
  if (entry.success) return 'content' in entry.data && ('key' in entry.data || 'keys' in entry.data)
  // An empty book has nothing else that could tell what it is.
  return isEmptyList(entries) && Object.keys(json).every((key) => EMPTY_BOOK.has(key))
}

const EMPTY_BOOK: ReadonlySet<string> = new Set(['entries', 'name', 'description', 'extensions', 'originalData'])
const isEmptyList = (value: JsonValue | undefined): boolean =>
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0)

/** Reads a lorebook file. Throws `file_invalid` with the field that is wrong. */
export function readLorebookFile(json: JsonObject): ReadLorebook {
  if (json['spec'] !== 'lorebook_v3') return readLorebook(json, [])
  const read = readLorebook(objectAt(json, 'data'), ['data'])
  return { ...read, extra: { ...read.extra, file: without(json, 'data') } }
}

/** Reads a lorebook that stands at `at` in its file. */
export function readLorebook(json: JsonObject, at: readonly string[]): ReadLorebook {
  const book = Book.safeParse(json)
  if (!book.success) throw faultOf(book.error, at)
  const listed = Entries.safeParse(json['entries'] ?? [])
  if (!listed.success) throw faultOf(listed.error, [...at, 'entries'])
  const losses: CardLoss[] = []
  const entries = Object.entries(listed.data).map(([key, value]) => {
    const place = [...at, 'entries', Array.isArray(listed.data) ? Number(key) : key]
    const entry = JsonObject.safeParse(value)
    if (!entry.success) throw faultAt(place, 'must be an entry')
    const read = readEntry(entry.data, place)
    losses.push(...lossesOf(entry.data, read))
    return read
  })
  const world = worldOf(book.data)
  return {
    name: shownName([book.data.name], ''),
    world,
    entries,
    extra: { book: without(unknownOf(json, writtenBook(book.data.name, world)), 'entries') },
    losses,
  }
}

function worldOf(book: z.output<typeof Book>): Partial<BookWorld> {
  const { description, scan_depth: scan, token_budget: budget, recursive_scanning: recursive } = book
  return {
    ...(description === '' ? {} : { description }),
    ...(scan === null ? {} : { scanDepth: wholeWithin(scan, 0, 1_000_000, 4) }),
    ...(budget === null ? {} : { loreBudget: wholeWithin(budget, 0, 1_000_000, 0) }),
    ...(recursive === null ? {} : { recursionSteps: recursive ? 3 : 0 }),
  }
}

function writtenBook(name: string, world: Partial<BookWorld>): JsonObject {
  return {
    name,
    description: world.description ?? '',
    ...(world.scanDepth === undefined ? {} : { scan_depth: world.scanDepth }),
    ...(world.loreBudget === undefined || world.loreBudget === 0 ? {} : { token_budget: world.loreBudget }),
    ...(world.recursionSteps === undefined ? {} : { recursive_scanning: world.recursionSteps > 0 }),
  }
}

/** Fields of an entry that say one thing together. */
const TOGETHER: Record<BookForm, FieldGroups> = {
  worldInfo: [
    ['comment', 'key', 'content'],
    ['probability', 'useProbability'],
    ['keysecondary', 'selective'],
  ],
  book: [
    ['name', 'comment', 'keys', 'content', 'use_regex', 'case_sensitive', 'extensions.case_sensitive'],
    ['extensions.probability', 'extensions.useProbability'],
    ['secondary_keys', 'selective'],
    ['position', 'extensions.position'],
  ],
}

const formOf = (entry: JsonObject): BookForm => (entry['key'] === undefined ? 'book' : 'worldInfo')

function parsedEntry(entry: JsonObject, form: BookForm, at: readonly PropertyKey[]): Lore {
  const { names, lore } =
    form === 'worldInfo'
      ? fromWorldInfo(fitting(WorldInfoEntry.safeParse(entry), at))
      : fromBook(fitting(BookEntry.safeParse(entry), at))
  return { ...lore, name: shownName(names, 'Lore') }
}

function fitting<Entry>(read: z.ZodSafeParseResult<Entry>, at: readonly PropertyKey[]): Entry {
  if (!read.success) throw faultOf(read.error, at)
  return read.data
}

const written = (lore: Lore, form: BookForm): JsonObject => (form === 'worldInfo' ? toWorldInfo(lore) : toBook(lore))

function readEntry(entry: JsonObject, at: readonly PropertyKey[]): ReadLore {
  const form = formOf(entry)
  const lore = parsedEntry(entry, form, at)
  const rest = unknownOf(entry, written(lore, form), TOGETHER[form])
  return { ...lore, extra: { form, entry: rest } }
}

/** Lore of a world, with what was kept of the file that it came from. */
export interface WrittenLore extends Lore {
  extra: JsonObject
}

function writeEntry(lore: WrittenLore, form: BookForm): JsonObject {
  const kept = objectAt(lore.extra, 'entry')
  const had: BookForm = lore.extra['form'] === 'worldInfo' ? 'worldInfo' : 'book'
  const now = written(lore, form)
  if (Object.keys(kept).length === 0) return now
  if (had !== form) {
    // Other names for what is known: of the file's own form only what nobody here knows comes along.
    const unknown = without(kept, ...Object.keys(written(lore, had)))
    return form === 'book' ? { ...unknown, ...now } : { ...unknown, ...now, ...keptExtensions(kept) }
  }
  const then = parsedEntry(kept, form, ['extra'])
  return writtenOver(kept, written(then, form), now, TOGETHER[form])
}

const keptExtensions = (kept: JsonObject): JsonObject => {
  const extensions = objectAt(kept, 'extensions')
  return Object.keys(extensions).length > 0 ? { extensions } : {}
}

/** Writes lore as the book of a card. */
export function writeBook(
  name: string,
  world: Partial<BookWorld>,
  extra: JsonObject,
  entries: readonly WrittenLore[]
): JsonObject {
  const kept = objectAt(extra, 'book')
  const read = Book.safeParse(kept)
  const then = read.success ? writtenBook(read.data.name, worldOf(read.data)) : {}
  const ids = createIds()
  return {
    ...writtenOver({ extensions: {}, ...kept }, then, writtenBook(name, world)),
    entries: entries.map((lore) => {
      const entry = writeEntry(lore, 'book')
      return { ...entry, id: ids(entry['id']) }
    }),
  }
}

/** Writes lore as a file of SillyTavern's world info. */
export function writeWorldInfo(
  name: string,
  description: string,
  extra: JsonObject,
  entries: readonly WrittenLore[]
): JsonObject {
  const kept = objectAt(extra, 'book')
  const ids = createIds()
  const listed = entries.map((lore): [string, JsonObject] => {
    const entry = writeEntry(lore, 'worldInfo')
    const uid = ids(entry['uid'])
    return [String(uid), { ...entry, uid, displayIndex: entry['displayIndex'] ?? uid }]
  })
  return { ...kept, name, ...(description === '' ? {} : { description }), entries: Object.fromEntries(listed) }
}

/** Numbers of entries: an entry keeps its own where no other has it, else it gets the first that is free. */
function createIds(): (own: JsonValue | undefined) => number {
  const taken = new Set<number>()
  let next = 0
  return (own) => {
    const isUsable = typeof own === 'number' && Number.isInteger(own) && own >= 0 && !taken.has(own)
    if (isUsable) taken.add(own)
    if (isUsable) return own
    while (taken.has(next)) next += 1
    taken.add(next)
    return next
  }
}

/** Rules that other programs follow and Fabula does not. */
function lossesOf(entry: JsonObject, { name, fields }: ReadLore): CardLoss[] {
  const extensions = objectAt(entry, 'extensions')
  const losses: CardLoss[] = []
  const lose = (field: string, value: JsonValue) => void losses.push({ field: `${name}: ${field}`, value })
  if ((entry['vectorized'] ?? extensions['vectorized']) === true) lose('vectorized', true)
  const position = entry['position'] ?? extensions['position']
  if (typeof position === 'number' && position > 6) lose('position', position)
  const filter = entry['characterFilter'] ?? extensions['characterFilter']
  if (filter !== undefined && !isEmptyFilter(filter)) lose('characterFilter', filter)
  if (/^@@/m.test(fields.content)) lose('content', '@@')
  return losses
}

const objectOrEmpty = (value: JsonValue): JsonObject => {
  const object = JsonObject.safeParse(value)
  return object.success ? object.data : {}
}

const isEmptyFilter = (filter: JsonValue): boolean => {
  const { names, tags } = objectOrEmpty(filter)
  return [names, tags].every((list) => list === undefined || isEmptyList(list))
}

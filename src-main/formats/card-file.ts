import { isDeepStrictEqual } from 'node:util'
import { FabulaError, FileError } from '@contract/errors'
import { JsonObject, type JsonValue } from '@contract/values'
import { isZip, readArchive, writeArchive, type ArchivedFile } from './archive'
import { isCard, readCard, writeCard, type CardCharacter, type ReadCard } from './card'
import { objectAt } from './known-fields'
import { isPng, plainPng, pngTexts, withPngTexts } from './png'
import { readJson } from './read-json'

/** A character card as it came in a file. */
export interface CardInFile extends ReadCard {
  form: 'json' | 'png' | 'charx'
  /** Its picture, without the texts of the card; null where it brings none. */
  picture: Buffer | null
  /** Where the picture stands in an archive; null for all else. */
  picturePath: string | null
  /** The other files of an archive, to be written back. */
  assets: readonly ArchivedFile[]
}

/** Bytes of the JSON of a card: those with large lorebooks have several million. */
const LARGEST_CARD = 50_000_000

/** Texts of a PNG that hold a card: version 3, and 1 or 2. */
const NEWER = 'ccv3'
const OLDER = 'chara'

/** The card of an archive, by the specification of version 3. */
const CARD_PATH = 'card.json'

/** Whether bytes are a file that can carry a character and is no text. */
export const isCardFile = (bytes: Buffer): boolean => isPng(bytes) || isZip(bytes)

/**
 * Reads a picture or an archive with a character. Throws `file_no_card` for one without, `file_damaged`, `archive_unsafe`,
 * and what `readJson` and `readCard` throw.
 */
export async function readCardFile(bytes: Buffer): Promise<CardInFile> {
  return isPng(bytes) ? readPng(bytes) : readCharx(bytes)
}

/** A card that is JSON. */
export const readCardJson = (json: JsonObject): CardInFile => ({
  ...readCard(json),
  form: 'json',
  picture: null,
  picturePath: null,
  assets: [],
})

function readPng(bytes: Buffer): CardInFile {
  const texts = new Map(pngTexts(bytes).map(({ keyword, text }) => [keyword.toLowerCase(), text]))
  const [newer, older] = [NEWER, OLDER].map((keyword) => texts.get(keyword))
  const card = newer ?? older
  if (card === undefined) throw noCard('The picture holds no character card')
  const read =
    newer !== undefined && older !== undefined ? readCard(jsonIn(newer), jsonIn(older)) : readCard(jsonIn(card))
  return { ...read, form: 'png', picture: withPngTexts(bytes, [NEWER, OLDER], []), picturePath: null, assets: [] }
}

/** The text of a card in a picture is JSON as Base64. */
function jsonIn(text: string): JsonObject {
  const json = readJson(Buffer.from(text, 'base64').toString('utf8'), LARGEST_CARD)
  if (!isCard(json)) throw noCard('What the picture holds is no character card')
  return json
}

async function readCharx(bytes: Buffer): Promise<CardInFile> {
  const files = await readArchive(bytes)
  const card = files.find(({ path }) => path === CARD_PATH)
  if (!card) throw noCard('The archive holds no card.json')
  const json = readJson(card.bytes.toString('utf8'), LARGEST_CARD)
  if (!isCard(json)) throw noCard('The card.json of the archive is no character card')
  const path = iconOf(json)?.path
  const icon = files.find((file) => file.path === path)
  return {
    ...readCard(json),
    form: 'charx',
    picture: icon?.bytes ?? null,
    picturePath: icon?.path ?? null,
    assets: files.filter((file) => file !== card && file !== icon),
  }
}

/** The file of an asset, as its address says it. The word is misspelled in the specification. */
const EMBEDDED = /^embeded:\/\/(.+)$/

const listed = (json: JsonObject): readonly JsonValue[] => {
  const { assets } = objectAt(json, 'data')
  return Array.isArray(assets) ? assets : []
}

/** The picture of the character among the assets of a card: the main icon, or the first, that is a file of the archive. */
function iconOf(json: JsonObject): { asset: JsonObject; path: string } | null {
  const icons = listed(json).flatMap((one) => {
    const asset = JsonObject.safeParse(one)
    if (!asset.success || asset.data['type'] !== 'icon') return []
    const { uri } = asset.data
    const path = typeof uri === 'string' ? EMBEDDED.exec(uri)?.[1] : undefined
    return path === undefined ? [] : [{ asset: asset.data, path }]
  })
  return icons.find(({ asset }) => asset['name'] === 'main') ?? icons[0] ?? null
}

/** A character to be written, with what was kept of its file. */
export interface WrittenCard {
  character: CardCharacter
  extra: JsonObject
  book: JsonObject | null
}

/** A card as JSON, of version 2 or 3. */
export const writeCardJson = ({ character, extra, book }: WrittenCard, version: 2 | 3): Buffer =>
  Buffer.from(`${JSON.stringify(writeCard(character, extra, version, book), null, 2)}\n`)

/** The size and colour of the picture for a card that has none: in the proportions that other programs show. */
const NO_PICTURE = { width: 400, height: 600, colour: [214, 206, 194] } as const

/** A card in its picture, as version 3 and, for older programs, as version 2. The picture stays byte for byte. */
export function writeCardPng({ character, extra, book }: WrittenCard, picture: Buffer | null): Buffer {
  const base = picture ?? plainPng(NO_PICTURE.width, NO_PICTURE.height, NO_PICTURE.colour)
  const text = (version: 2 | 3) => base64(JSON.stringify(writeCard(character, extra, version, book)))
  return withPngTexts(
    base,
    [NEWER, OLDER],
    [
      { keyword: OLDER, text: text(2) },
      { keyword: NEWER, text: text(3) },
    ]
  )
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')

/** A card with its files as an archive of version 3. */
export async function writeCharx(
  { character, extra, book }: WrittenCard,
  picture: { bytes: Buffer; extension: string } | null,
  assets: readonly ArchivedFile[]
): Promise<Buffer> {
  const card = writeCard(character, extra, 3, book)
  const icon = iconOf(card)
  // An icon whose file was kept among the others is not the picture.
  const had = icon && !assets.some(({ path }) => path === icon.path) ? icon : null
  if (picture === null && had === null) return archived(card, assets)
  const others = listed(card).filter((asset) => !had || !isDeepStrictEqual(asset, had.asset))
  if (picture === null) return archived(withAssets(card, others), assets)
  const { bytes, extension } = picture
  if (had?.path.endsWith(`.${extension}`)) return archived(card, [...assets, { path: had.path, bytes }])
  const path = freePath(assets, extension)
  const icons = [{ type: 'icon', name: 'main', ...had?.asset, uri: `embeded://${path}`, ext: extension }, ...others]
  return archived(withAssets(card, icons), [...assets, { path, bytes }])
}

const withAssets = (card: JsonObject, assets: JsonValue[]): JsonObject => ({
  ...card,
  data: { ...objectAt(card, 'data'), assets },
})

const archived = (card: JsonObject, files: readonly ArchivedFile[]): Promise<Buffer> =>
  writeArchive([{ path: CARD_PATH, bytes: Buffer.from(JSON.stringify(card, null, 2)) }, ...files])

function freePath(assets: readonly ArchivedFile[], extension: string): string {
  const taken = new Set(assets.map(({ path }) => path))
  for (let count = 0; ; count += 1) {
    const path = `assets/icon/images/main${count === 0 ? '' : count}.${extension}`
    if (!taken.has(path)) return path
  }
}

const noCard = (message: string): FabulaError => new FabulaError(FileError.NoCard, message)

import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import yazl from 'yazl'
import { describe, expect, it } from 'vitest'
import { JsonObject } from '@contract/values'
import { readArchive, writeArchive } from '@main/formats/archive'
import { readCardFile, writeCardPng, writeCharx, type CardInFile } from '@main/formats/card-file'
import { plainPng, pngTexts, withPngTexts } from '@main/formats/png'
import { cardShapes } from '@test/unit/formats/shapes'

const base64 = (json: JsonObject) => Buffer.from(JSON.stringify(json)).toString('base64')
const picture = plainPng(8, 12, [200, 10, 30])

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let value = n
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value >>> 0
})

/** Made here apart from the code under test. */
function pngChunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data])
  let crc = 0xffffffff
  for (const byte of typed) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  const head = Buffer.alloc(4)
  head.writeUInt32BE(data.length)
  const tail = Buffer.alloc(4)
  tail.writeUInt32BE((crc ^ 0xffffffff) >>> 0)
  return Buffer.concat([head, typed, tail])
}

/** A picture with these chunks before its end, as other programs put them. */
const withChunks = (...chunks: Buffer[]) => Buffer.concat([picture.subarray(0, -12), ...chunks, picture.subarray(-12)])

const tEXt = (keyword: string, text: string) => pngChunk('tEXt', Buffer.from(`${keyword}\0${text}`, 'latin1'))
const zTXt = (keyword: string, text: string) =>
  pngChunk('zTXt', Buffer.concat([Buffer.from(`${keyword}\0\0`, 'latin1'), deflateSync(Buffer.from(text))]))
const iTXt = (keyword: string, text: string, packed: boolean) =>
  pngChunk(
    'iTXt',
    Buffer.concat([
      Buffer.from(`${keyword}\0${packed ? '\x01' : '\0'}\0ru\0слово\0`),
      packed ? deflateSync(Buffer.from(text)) : Buffer.from(text),
    ])
  )

const v2 = cardShapes['version 2, plain'] ?? {}
const v3 = cardShapes['version 3 with all that is new in it'] ?? {}
const written = (read: CardInFile, bytes: Buffer | null) =>
  writeCardPng({ character: read, extra: read.extra, book: read.book }, bytes)
const textIn = (bytes: Buffer, keyword: string) =>
  JsonObject.parse(
    JSON.parse(
      Buffer.from(pngTexts(bytes).find((one) => one.keyword === keyword)?.text ?? '', 'base64').toString()
    ) as unknown
  )
const codeOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'read',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error)
  )

describe('a card in a picture', () => {
  it.each([
    ['tEXt', withChunks(tEXt('chara', base64(v2)))],
    ['zTXt', withChunks(zTXt('chara', base64(v2)))],
    ['iTXt', withChunks(iTXt('chara', base64(v2), false))],
    ['packed iTXt', withChunks(iTXt('Chara', base64(v2), true))],
  ])('is read from %s', async (_, bytes) => {
    expect(await readCardFile(bytes)).toMatchObject({ form: 'png', name: 'Мира', picture })
  })

  it('is the newer of two, and the older gives back what only it had', async () => {
    const older = { ...v2, only_here: 1, data: { ...JsonObject.parse(v2['data']), also_here: [1] } }
    const read = await readCardFile(withChunks(tEXt('chara', base64(older)), tEXt('ccv3', base64(v3))))
    expect(read.fields.aliases).toEqual(['Мирка'])
    const bytes = written(read, read.picture)
    expect(textIn(bytes, 'chara')).toMatchObject({ spec: 'chara_card_v2', only_here: 1, data: { also_here: [1] } })
    expect(textIn(bytes, 'chara')['data']).not.toHaveProperty('assets')
    expect(textIn(bytes, 'ccv3')).toMatchObject({ ...v3, data: { ...JsonObject.parse(v3['data']) } })
    expect(textIn(bytes, 'ccv3')).not.toHaveProperty('only_here')
  })

  it('leaves every other byte of the picture as it is', () => {
    const chunkType = fc.constantFrom('gAMA', 'tEXt', 'zTXt', 'iTXt', 'eXIf', 'prVt')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(chunkType, fc.uint8Array({ maxLength: 40 })), { maxLength: 6 }),
        fc.uint8Array({ maxLength: 20 }),
        (chunks, after) => {
          const foreign = chunks.map(([type, data]) => pngChunk(type, Buffer.from(data)))
          const source = Buffer.concat([withChunks(...foreign), Buffer.from(after)])
          const carrying = withPngTexts(source, ['chara'], [{ keyword: 'chara', text: 'e30=' }])
          expect(carrying.includes(tEXt('chara', 'e30='))).toBe(true)
          expect(withPngTexts(carrying, ['chara'], []).equals(source)).toBe(true)
        }
      )
    )
  })

  it('has a picture of its own where the character has none', async () => {
    const read = await readCardFile(withChunks(tEXt('chara', base64(v2))))
    expect(await readCardFile(written(read, null))).toMatchObject({ name: 'Мира' })
  })

  it.each<[string, Buffer, string]>([
    ['without a card', picture, 'file_no_card'],
    ['that is cut off', withChunks(tEXt('chara', base64(v2))).subarray(0, 90), 'file_damaged'],
    ['whose card is no Base64 of JSON', withChunks(tEXt('chara', '!!!')), 'file_not_json'],
    ['whose card is something else', withChunks(tEXt('chara', base64({ a: 1 }))), 'file_no_card'],
    ['with a packed text that is none', withChunks(pngChunk('zTXt', Buffer.from('chara\0\0nonsense'))), 'file_damaged'],
    ['with a bomb for a text', withChunks(zTXt('chara', 'A'.repeat(70_000_000))), 'file_too_large'],
    [
      'with a length beyond its end',
      Buffer.concat([picture.subarray(0, -12), Buffer.from('7fffffff', 'hex'), Buffer.from('tEXtx')]),
      'file_damaged',
    ],
  ])('is refused with the reason: one %s', async (_, bytes, code) => {
    expect(await codeOf(readCardFile(bytes))).toBe(code)
  })
})

const card = { path: 'card.json', bytes: Buffer.from(JSON.stringify(v3)) }
const icon = { path: 'assets/icon/images/a.png', bytes: picture }
const sound = { path: 'assets/звук/🔊.mp3', bytes: Buffer.from('sound') }
const withIcon = {
  path: 'card.json',
  bytes: Buffer.from(
    JSON.stringify({
      ...v3,
      data: {
        ...JsonObject.parse(v3['data']),
        assets: [
          { type: 'icon', uri: 'embeded://assets/icon/images/a.png', name: 'main', ext: 'png', mood: 1 },
          { type: 'x-sound', uri: 'embeded://assets/звук/🔊.mp3', name: 'hi', ext: 'mp3' },
        ],
      },
    })
  ),
}

it('a card with a lorebook of five million characters comes back whole', async () => {
  const entries = Array.from({ length: 2500 }, (_, n) => ({
    keys: [`ключ ${n}`],
    content: `${n} ${'Слова лора. '.repeat(166)}`,
    enabled: true,
    insertion_order: n,
    extensions: { vendor: { n } },
  }))
  const json = {
    ...v2,
    data: { ...JsonObject.parse(v2['data']), character_book: { name: 'Б', extensions: {}, entries } },
  }
  const read = await readCardFile(withChunks(tEXt('chara', base64(json))))
  const again = await readCardFile(written(read, picture))
  expect(again.book).toEqual(read.book)
  expect(JSON.stringify(again.book).length).toBeGreaterThan(5_000_000)
  expect(again.picture?.equals(picture)).toBe(true)
})

describe('a card in an archive', () => {
  it('comes back with its assets, its picture and all that nobody knows', async () => {
    const read = await readCardFile(await writeArchive([withIcon, icon, sound]))
    expect(read).toMatchObject({ form: 'charx', picture, assets: [sound] })
    const again = await writeCharx(
      { character: read, extra: read.extra, book: null },
      { bytes: picture, extension: 'png' },
      read.assets
    )
    const files = await readArchive(again)
    expect(files.map(({ path }) => path).toSorted()).toEqual([withIcon, icon, sound].map(({ path }) => path).toSorted())
    const json = JSON.parse(files.find(({ path }) => path === 'card.json')?.bytes.toString() ?? '') as JsonObject
    expect(json).toMatchObject(JSON.parse(withIcon.bytes.toString()) as JsonObject)
  })

  it('has a new picture under its own name, and none that was taken away', async () => {
    const read = await readCardFile(await writeArchive([withIcon, icon, sound]))
    const parts = { character: read, extra: read.extra, book: null }
    const other = Buffer.from('a jpeg')
    const replaced = await readCardFile(await writeCharx(parts, { bytes: other, extension: 'jpg' }, read.assets))
    expect(replaced.picture?.equals(other)).toBe(true)
    const bare = await readCardFile(await writeCharx(parts, null, read.assets))
    expect(bare).toMatchObject({ picture: null, assets: [sound] })
  })

  it('is found behind a picture, too', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), await writeArchive([card])])
    expect(await readCardFile(bytes)).toMatchObject({ form: 'charx', name: 'Мира' })
  })

  it.each<[string, () => Promise<Buffer>, string]>([
    ['without a card', () => writeArchive([icon]), 'file_no_card'],
    ['that is cut off', async () => (await writeArchive([card, icon])).subarray(0, -30), 'file_damaged'],
    [
      'that leads out of itself',
      async () => renamed(await writeArchive([card, file('aa/bb/cc')]), 'aa/bb/cc', '../../cc'),
      'archive_unsafe',
    ],
    [
      'with the path of a whole disk',
      async () => renamed(await writeArchive([card, file('aetc/x')]), 'aetc/x', '/etc/x'),
      'archive_unsafe',
    ],
    [
      'with a path of Windows',
      async () => renamed(await writeArchive([card, file('C_/win')]), 'C_/win', 'C:\\win'),
      'archive_unsafe',
    ],
    [
      'with a file twice',
      async () => renamed(await writeArchive([card, file('a'), file('b')]), 'b', 'a'),
      'archive_unsafe',
    ],
    [
      'with a bomb in it',
      () => writeArchive([card, { path: 'bomb', bytes: Buffer.alloc(30_000_000) }]),
      'archive_unsafe',
    ],
    [
      'with too many files',
      () => writeArchive([card, ...Array.from({ length: 5001 }, (_, n) => file(`f${n}`))]),
      'archive_unsafe',
    ],
  ])('is refused with the reason: one %s', async (_, make, code) => {
    expect(await codeOf(readCardFile(await make()))).toBe(code)
  })

  it('is read in the large form of archives, and with files in folders of folders', async () => {
    const zip = new yazl.ZipFile()
    const deep = { path: 'a/b/c/d/e/f/g/card.json', bytes: Buffer.from('{"not":"the card"}') }
    for (const { path, bytes } of [card, deep]) zip.addBuffer(bytes, path, { forceZip64Format: true })
    zip.addEmptyDirectory('a/b')
    zip.end({ forceZip64Format: true, comment: '' })
    const read = await readCardFile(await buffer(Readable.from(zip.outputStream)))
    expect(read).toMatchObject({ name: 'Мира', assets: [deep] })
  })

  it('is refused when its bytes are others than it says', async () => {
    const zip = new yazl.ZipFile()
    for (const { path, bytes } of [card, sound]) zip.addBuffer(bytes, path, { compress: false })
    zip.end()
    const bytes = await buffer(Readable.from(zip.outputStream))
    bytes.write('S', bytes.indexOf('sound'))
    expect(await codeOf(readCardFile(bytes))).toBe('file_damaged')
  })

  it('is refused when it unpacks to more than it says', async () => {
    const bytes = await writeArchive([card, { path: 'liar', bytes: Buffer.alloc(900_000, 'ab') }])
    // The size before packing stands in the list at the end, 22 bytes before the name.
    const at = bytes.lastIndexOf('liar') - 22
    bytes.writeUInt32LE(10, at)
    expect(await codeOf(readCardFile(bytes))).toBe('file_damaged')
  })
})

const file = (path: string) => ({ path, bytes: Buffer.from('x') })

/** The same archive with another name of the same length for a file, as a hostile program would write it. */
function renamed(archive: Buffer, from: string, to: string): Buffer {
  const bytes = Buffer.from(archive)
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + 1)) {
    const isName = bytes.readUInt16LE(at - 4) === from.length || bytes.readUInt16LE(at - 18) === from.length
    if (isName) bytes.write(to, at, 'latin1')
  }
  return bytes
}

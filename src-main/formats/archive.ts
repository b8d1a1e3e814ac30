import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import yauzl from 'yauzl'
import yazl from 'yazl'
import { FabulaError, FileError } from '@contract/errors'

/** A file in an archive; `path` has `/` between its parts. */
export interface ArchivedFile {
  path: string
  bytes: Buffer
}

/** A file that goes into an archive. `isStored`: as it is, not packed. */
export interface NewArchivedFile extends ArchivedFile {
  isStored?: boolean
}

/** Bounds that no card comes near and that an archive made to do harm goes beyond. */
export interface ArchiveLimits {
  files: number
  /** Bytes of all files together, unpacked. */
  bytes: number
  /** How many times larger a file may be than what is packed of it, once it has more than a megabyte. */
  ratio: number
}

const usual: ArchiveLimits = { files: 5000, bytes: 300_000_000, ratio: 200 }
const SMALL = 1_000_000

/** A zip is known by its end, and may stand behind a picture. */
export const isZip = (bytes: Buffer): boolean =>
  bytes.subarray(0, 4).equals(LOCAL_HEADER) || bytes.subarray(-65_557).includes(END_OF_DIRECTORY)

/** Whether an archive is a document of Word: the names of its files stand in it as they are. */
export const isDocx = (bytes: Buffer): boolean =>
  isZip(bytes) && bytes.includes('[Content_Types].xml') && bytes.includes('word/')

const LOCAL_HEADER = Buffer.from('PK\x03\x04', 'latin1')
const END_OF_DIRECTORY = Buffer.from('PK\x05\x06', 'latin1')

/**
 * The files of a zip, without its folders, or those of them that are `wanted`. What it says of itself is looked at before anything is unpacked. Throws
 * `archive_unsafe` for paths that lead out of it, links, doubles, encrypted files and what is too much or packed too
 * tightly; `file_damaged` for what cannot be read.
 */
export async function readArchive(
  bytes: Buffer,
  limits: ArchiveLimits = usual,
  wanted: (path: string) => boolean = () => true
): Promise<ArchivedFile[]> {
  const zip = await opened(withoutPrefix(bytes))
  try {
    const entries = await entriesOf(zip)
    refuseHarm(entries, limits)
    const files: ArchivedFile[] = []
    // One after another: each may be large.
    for (const entry of entries)
      if (wanted(entry.fileName)) files.push({ path: entry.fileName, bytes: await contentOf(zip, entry) })
    return files
  } finally {
    zip.close()
  }
}

/** A zip of these files in this order, with the same bytes for the same files. */
export async function writeArchive(files: readonly NewArchivedFile[]): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  for (const { path, bytes, isStored = false } of files)
    zip.addBuffer(bytes, path, { mtime: new Date(1980, 0, 1), compress: !isStored, forceDosTimestamp: true })
  zip.end()
  return buffer(Readable.from(zip.outputStream))
}

/** A zip counts its places from its own beginning, which some programs put behind a picture. */
function withoutPrefix(bytes: Buffer): Buffer {
  const end = bytes.lastIndexOf(END_OF_DIRECTORY)
  if (end < 0 || end + 20 > bytes.length) return bytes
  // Size and place of the list of files, 12 and 16 bytes after the mark.
  const start = end - bytes.readUInt32LE(end + 12)
  const prefix = start - bytes.readUInt32LE(end + 16)
  return prefix > 0 && prefix < end ? bytes.subarray(prefix) : bytes
}

const opened = (bytes: Buffer): Promise<yauzl.ZipFile> =>
  new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true }, (error, zip) => {
      if (error) reject(faultFrom(error))
      else resolve(zip)
    })
  })

const entriesOf = (zip: yauzl.ZipFile): Promise<yauzl.Entry[]> =>
  new Promise((resolve, reject) => {
    const entries: yauzl.Entry[] = []
    zip.on('error', (error) => reject(faultFrom(error)))
    zip.on('end', () => resolve(entries))
    zip.on('entry', (entry: yauzl.Entry) => {
      if (!entry.fileName.endsWith('/')) entries.push(entry)
      zip.readEntry()
    })
    zip.readEntry()
  })

const contentOf = async (zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Buffer> => {
  const stream = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, opening) => {
      if (error) reject(faultFrom(error))
      else resolve(opening)
    })
  })
  try {
    const bytes = await buffer(stream)
    // The library leaves this to its callers.
    if (crc32(bytes) !== entry.crc32) throw new Error(`${entry.fileName} has another checksum than it says`)
    return bytes
  } catch (error) {
    throw faultFrom(error)
  }
}

/** The kind of a file in the upper half of Unix's attributes: a link. */
const LINK = 0o120000

function refuseHarm(entries: readonly yauzl.Entry[], limits: ArchiveLimits): void {
  if (entries.length > limits.files) throw unsafe(`has more than ${limits.files} files`)
  let bytes = 0
  const paths = new Set<string>()
  for (const { fileName, uncompressedSize, compressedSize, externalFileAttributes, generalPurposeBitFlag } of entries) {
    bytes += uncompressedSize
    if (bytes > limits.bytes) throw unsafe(`would unpack to more than ${limits.bytes} bytes`)
    if (uncompressedSize > SMALL && uncompressedSize > compressedSize * limits.ratio)
      throw unsafe(`holds ${fileName}, which unpacks to more than ${limits.ratio} times its size`)
    if (((externalFileAttributes >>> 16) & 0o170000) === LINK) throw unsafe(`holds a link: ${fileName}`)
    if ((generalPurposeBitFlag & 1) === 1) throw unsafe(`holds an encrypted file: ${fileName}`)
    if (fileName.includes('\0')) throw unsafe('holds a file name with a zero in it')
    if (paths.has(fileName)) throw unsafe(`holds ${fileName} twice`)
    paths.add(fileName)
  }
}

/** What the library refuses for its path is meant to do harm; all else is damage. */
function faultFrom(error: unknown): FabulaError {
  if (error instanceof FabulaError) return error
  const reason = error instanceof Error ? error.message : String(error)
  if (/relative path|absolute path|invalid characters in fileName/.test(reason)) return unsafe(reason, error)
  return new FabulaError(FileError.Damaged, `The archive cannot be read: ${reason}`, {
    details: { reason },
    cause: error,
  })
}

const unsafe = (reason: string, cause?: unknown): FabulaError =>
  new FabulaError(FileError.Unsafe, `The archive ${reason}`, { details: { reason }, cause })

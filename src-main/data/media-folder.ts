import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { CommonError, FabulaError, MediaError } from '@contract/errors'
import { mediaType, strangeKind, TELLING_BYTES } from './media-type'

/** A file that was added: what it is called by, what it is by its first bytes, and its size. */
export interface KeptFile {
  hash: string
  type: string
  bytes: number
}

/** Sound and films in the data folder, each in a file that is called by the SHA-256 of its bytes. */
export interface MediaFolder {
  /**
   * Takes a file in piece by piece. Throws `media_wrong_type` as soon as its first bytes are neither sound nor film,
   * `media_too_large` as soon as there is more than Fabula takes, and what the stream throws; nothing is left of it then.
   *
   * @param provider who sent it, for those errors
   */
  add(content: AsyncIterable<Uint8Array>, provider: string): Promise<KeptFile>
  /** Opens a file for reading at any place; null when it is not there. Must be closed. */
  open(hash: string): Promise<FileHandle | null>
  /** The size of a file in bytes; null when it is not there. */
  size(hash: string): Promise<number | null>
  /** The bytes from `first` to `last`, both included. */
  read(hash: string, first: number, last: number): ReadableStream<Uint8Array>
  /** Removes what `isUsed` does not know and did not come since the start, and what a kill left half written. */
  tidy(isUsed: (hash: string) => boolean): Promise<void>
}

/** An hour of film fits; what has gone mad does not fill the disk. */
const LARGEST_MEDIA = 1_000_000_000

const UNFINISHED = '.part'
const HASH = /^[0-9a-f]{64}$/

/**
 * @param folder made when the first file comes
 * @param largest bytes that a file may have
 */
export function createMediaFolder(folder: string, largest = LARGEST_MEDIA): MediaFolder {
  /** What came since the start: its row may be about to say that it has it. */
  const added = new Set<string>()
  const unfinished = new Set<string>()
  const fileOf = (hash: string) => {
    if (!HASH.test(hash))
      throw new FabulaError(CommonError.NotFound, `There is no file ${hash}`, { details: { path: 'hash' } })
    return join(folder, hash)
  }
  const sizeOf = (hash: string) =>
    stat(fileOf(hash)).then(
      ({ size }) => size,
      () => null
    )

  /** Writes to `part`, and says what came. */
  const takeIn = async (part: string, content: AsyncIterable<Uint8Array>, provider: string): Promise<KeptFile> => {
    const file = await open(part, 'wx', 0o600)
    const hash = createHash('sha256')
    let bytes = 0
    let type: string | null = null
    let head = Buffer.alloc(0)
    const look = () => {
      type = mediaType(head)
      if (type === null)
        throw new FabulaError(MediaError.WrongType, `${provider} sent neither sound nor film`, {
          details: { provider, reason: strangeKind(head) },
        })
    }
    try {
      for await (const piece of content) {
        bytes += piece.byteLength
        if (bytes > largest)
          throw new FabulaError(MediaError.TooLarge, `${provider} sent more than ${largest} bytes`, {
            details: { provider, limit: largest },
          })
        if (type === null) {
          head = Buffer.concat([head, piece.subarray(0, TELLING_BYTES)])
          if (head.length >= TELLING_BYTES) look()
        }
        hash.update(piece)
        await file.writeFile(piece)
      }
      if (type === null) look()
      await file.sync()
    } finally {
      await file.close()
    }
    return { hash: hash.digest('hex'), type: type ?? '', bytes }
  }

  return {
    add: async (content, provider) => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const name = `${randomUUID()}${UNFINISHED}`
      unfinished.add(name)
      const part = join(folder, name)
      try {
        const kept = await takeIn(part, content, provider)
        added.add(kept.hash)
        // Under its name only when it is whole: a kill leaves nothing behind that looks like a file.
        await rename(part, fileOf(kept.hash))
        return kept
      } catch (error) {
        await rm(part, { force: true })
        throw error
      } finally {
        unfinished.delete(name)
      }
    },
    open: (hash) =>
      open(fileOf(hash), 'r').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
      }),
    size: sizeOf,
    read: (hash, first, last) => webStream(createReadStream(fileOf(hash), { start: first, end: last })),
    tidy: async (isUsed) => {
      const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return []
        throw error
      })
      for (const name of names) {
        const isLeft = HASH.test(name)
          ? !added.has(name) && !isUsed(name)
          : name.endsWith(UNFINISHED) && !unfinished.has(name)
        // One after the other: nobody waits for it.
        if (isLeft) await rm(join(folder, name), { force: true })
      }
    },
  }
}

/** Node's stream as the web has it: the types of the two name the same thing twice. */
const webStream = (stream: Readable): ReadableStream<Uint8Array> => Readable.toWeb(stream) as ReadableStream<Uint8Array>

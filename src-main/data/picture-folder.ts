import { createHash, randomUUID } from 'node:crypto'
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PictureHash, type Picture } from '@contract/entities/world'

/** Pictures in the data folder, each in a file that is called by the SHA-256 of its bytes. */
export interface PictureFolder {
  /** Keeps a picture as it is. The same bytes are kept once. */
  add(bytes: Uint8Array): Promise<PictureHash>
  /** The bytes of a picture; null when it is not there. */
  read(hash: PictureHash): Promise<Uint8Array | null>
  /** Removes what `isUsed` does not know and did not come since the start, and what a kill left half written. */
  tidy(isUsed: (hash: PictureHash) => boolean): Promise<void>
}

/** What a picture is, by its first bytes; null for what the screen cannot show. */
export function pictureType(bytes: Uint8Array): Picture['type'] | null {
  const text = (from: number, to: number) => String.fromCodePoint(...bytes.subarray(from, to))
  if (text(1, 4) === 'PNG' && bytes[0] === 0x89) return 'image/png'
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg'
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'image/webp'
  return text(0, 4) === 'GIF8' ? 'image/gif' : null
}

const UNFINISHED = '.part'

/** @param folder made when the first picture comes */
export function createPictureFolder(folder: string): PictureFolder {
  /** What came since the start: its entry may be about to say that it has it. */
  const added = new Set<PictureHash>()
  const fileOf = (hash: PictureHash) => join(folder, hash)
  const isThere = (file: string) =>
    access(file).then(
      () => true,
      () => false
    )
  return {
    add: async (bytes) => {
      const hash = PictureHash.parse(createHash('sha256').update(bytes).digest('hex'))
      const file = fileOf(hash)
      added.add(hash)
      if (await isThere(file)) return hash
      await mkdir(folder, { recursive: true, mode: 0o700 })
      // Under its name only when it is whole: a kill leaves nothing behind that looks like a picture.
      const part = `${file}.${randomUUID()}${UNFINISHED}`
      await writeFile(part, bytes, { mode: 0o600 })
      await rename(part, file)
      return hash
    },
    read: (hash) =>
      readFile(fileOf(hash)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
      }),
    tidy: async (isUsed) => {
      const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return []
        throw error
      })
      for (const name of names) {
        const hash = PictureHash.safeParse(name)
        const isLeft = hash.success ? !added.has(hash.data) && !isUsed(hash.data) : name.endsWith(UNFINISHED)
        // One after the other: nobody waits for it.
        if (isLeft) await rm(join(folder, name), { force: true })
      }
    },
  }
}

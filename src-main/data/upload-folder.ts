import { appendFile, copyFile, mkdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CommonError, FabulaError, FileError } from '@contract/errors'
import { UploadId } from '@contract/ids'
import { LARGEST_UPLOAD, MOST_FILES } from '@contract/routes/files'
import { newId } from '@main/platform/ids'

/** Files on their way in, which are too large for one request, until they are imported. */
export interface UploadFolder {
  /**
   * Adds a part to a file; begins one where no id is given. Throws `file_too_large`, and `not_found` for a file that was
   * dropped.
   */
  append(id: UploadId | undefined, bytes: Uint8Array): Promise<UploadId>
  /** Copies a file of the computer. Throws `file_too_large`, and `file_unreadable` for what is no file that can be read. */
  copyIn(path: string): Promise<UploadId>
  /** Throws `not_found`. */
  read(id: UploadId): Promise<Buffer>
  drop(ids: readonly UploadId[]): Promise<void>
  /** Nothing outlives the app. */
  close(): Promise<void>
}

/** Twice an import: one may be looked at while another one is sent. */
const MOST_UPLOADS = 2 * MOST_FILES

/** @param folder made when the first file comes */
export function createUploadFolder(folder: string): UploadFolder {
  const known = new Set<UploadId>()
  let made: Promise<unknown> | null = null
  const fileOf = (id: UploadId) => join(folder, id)
  const clear = () => rm(folder, { recursive: true, force: true })
  /** What a killed app left behind goes first. */
  const make = () => (made ??= clear().then(() => mkdir(folder, { recursive: true, mode: 0o700 })))
  const drop = async (ids: readonly UploadId[]) => {
    for (const id of ids) if (known.delete(id)) await rm(fileOf(id), { force: true })
  }
  const begin = async () => {
    // The oldest belong to dialogs that were closed without a word.
    await drop([...known].slice(0, Math.max(0, known.size + 1 - MOST_UPLOADS)))
    const id = newId(UploadId)
    known.add(id)
    return id
  }
  const sizeOf = (id: UploadId) =>
    stat(fileOf(id)).then(
      ({ size }) => size,
      () => 0
    )
  const found = (id: UploadId): UploadId => {
    if (!known.has(id))
      throw new FabulaError(CommonError.NotFound, `There is no file ${id} on its way in`, {
        details: { path: 'uploadId' },
      })
    return id
  }
  return {
    append: async (given, bytes) => {
      await make()
      const id = given === undefined ? await begin() : found(given)
      if ((await sizeOf(id)) + bytes.length > LARGEST_UPLOAD) {
        await drop([id])
        throw tooLarge()
      }
      await appendFile(fileOf(id), bytes, { mode: 0o600 })
      return id
    },
    copyIn: async (path) => {
      const unreadable = (cause: unknown) => new FabulaError(FileError.Unreadable, `${path} cannot be read`, { cause })
      const found = await stat(path).catch((error: unknown) => {
        throw unreadable(error)
      })
      if (!found.isFile()) throw unreadable(null)
      if (found.size > LARGEST_UPLOAD) throw tooLarge()
      await make()
      const id = await begin()
      await copyFile(path, fileOf(id)).catch(async (error: unknown) => {
        await drop([id])
        throw unreadable(error)
      })
      return id
    },
    read: async (id) => readFile(fileOf(found(id))),
    drop,
    close: clear,
  }
}

const tooLarge = () =>
  new FabulaError(FileError.TooLarge, `More than ${LARGEST_UPLOAD} bytes`, { details: { limit: LARGEST_UPLOAD } })

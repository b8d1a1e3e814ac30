import { randomUUID } from 'node:crypto'
import { access, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { MediaId } from '@contract/ids'

/** What a piece of a voice cost, as the ledger has it. */
export const PieceCost = z.strictObject({
  cost: z.number().nonnegative().nullable(),
  costSource: z.enum(['provider', 'price']).nullable(),
})
export type PieceCost = z.infer<typeof PieceCost>

/**
 * Pieces of voices that are being made, which were paid for: what was cut off goes on with them. Each stands in a file under
 * what it was asked for with, beside one with what it cost.
 */
export interface VoicePieces {
  /** What a piece cost; null where it is not there. */
  find(id: MediaId, key: string): Promise<PieceCost | null>
  /** The sound of a piece that was found. */
  read(id: MediaId, key: string): Promise<Uint8Array>
  /** Takes back a piece that cannot be read: it is asked for anew. */
  drop(id: MediaId, key: string): Promise<void>
  keep(id: MediaId, key: string, sound: Uint8Array, cost: PieceCost): Promise<void>
  remove(id: MediaId): Promise<void>
  /** Removes the pieces of all that is not wanted any more. */
  tidy(isWanted: (id: string) => boolean): Promise<void>
}

const isMissing = (error: NodeJS.ErrnoException) => error.code === 'ENOENT'

/** @param folder made when the first piece comes */
export function createVoicePieces(folder: string): VoicePieces {
  const folderOf = (id: string) => join(folder, id)
  const soundOf = (id: MediaId, key: string) => join(folderOf(id), `${key}.wav`)
  const costOf = (id: MediaId, key: string) => join(folderOf(id), `${key}.json`)
  /** Under its name only when it is whole: a kill leaves nothing behind that looks like a piece. */
  const write = async (file: string, content: Uint8Array | string) => {
    const part = `${file}.${randomUUID()}.part`
    const handle = await open(part, 'wx', 0o600)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(part, file)
  }
  const removeAll = (id: string) => rm(folderOf(id), { recursive: true, force: true })
  return {
    find: async (id, key) => {
      try {
        await access(soundOf(id, key))
        return PieceCost.parse(JSON.parse(await readFile(costOf(id, key), 'utf8')))
      } catch {
        // What is not there or cannot be read is asked for anew.
        return null
      }
    },
    read: (id, key) => readFile(soundOf(id, key)),
    drop: (id, key) => rm(costOf(id, key), { force: true }),
    keep: async (id, key, sound, cost) => {
      await mkdir(folderOf(id), { recursive: true, mode: 0o700 })
      await write(soundOf(id, key), sound)
      // Last: what it cost says that the sound is there.
      await write(costOf(id, key), JSON.stringify(cost))
    },
    remove: removeAll,
    tidy: async (isWanted) => {
      const ids = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (isMissing(error)) return []
        throw error
      })
      await Promise.all(ids.filter((id) => !isWanted(id)).map(removeAll))
    },
  }
}

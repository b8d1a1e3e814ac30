import type { Picture, PictureHash } from '@contract/entities/world'
import { CommonError, FabulaError, WorldError } from '@contract/errors'
import { pictureType, type PictureFolder } from '@main/data/picture-folder'

/** Pictures of characters, places and personas as they cross the bridge. */
export interface Pictures {
  /** Throws `not_picture` for bytes that are no PNG, JPEG, WebP or GIF. */
  add(base64: string): Promise<PictureHash>
  /** Throws `not_found`. */
  get(hash: PictureHash): Promise<Picture>
}

export function createPictures(folder: PictureFolder): Pictures {
  return {
    add: async (base64) => {
      const bytes = Buffer.from(base64, 'base64')
      if (!pictureType(bytes))
        throw new FabulaError(WorldError.NotPicture, 'The file is no PNG, JPEG, WebP or GIF', {
          details: { path: 'data' },
        })
      return folder.add(bytes)
    },
    get: async (hash) => {
      const bytes = await folder.read(hash)
      const type = bytes && pictureType(bytes)
      if (!type)
        throw new FabulaError(CommonError.NotFound, `There is no picture ${hash}`, { details: { path: 'hash' } })
      return { type, data: Buffer.from(bytes).toString('base64') }
    },
  }
}

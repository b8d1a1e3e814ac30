import { LONGEST_MEDIA_TEXT } from '@contract/entities/media'
import type { StageView } from '@contract/entities/stage'

/** How long a text may be that something is made of. */
export interface TextLimit {
  /** Characters. */
  most: number
  /** The name of the model that takes no more; null where it is Fabula. */
  model: string | null
}

/** A song and a scene are sent as a whole; a voice is read in pieces, however little its model takes at once. */
export function textLimitOf({ kind, models, choice }: StageView): TextLimit {
  const isWhole = kind === 'music' || kind === 'video'
  const listed = isWhole ? models.find(({ model }) => model === choice?.model) : undefined
  const most = listed?.longestText ?? null
  return listed && most !== null && most < LONGEST_MEDIA_TEXT
    ? { most, model: listed.name }
    : { most: LONGEST_MEDIA_TEXT, model: null }
}

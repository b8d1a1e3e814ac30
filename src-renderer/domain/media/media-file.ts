import type { MediaFile } from '@contract/entities/media'
import type { MediaId } from '@contract/ids'

/** The address of what was made, in either shell. */
export const mediaUrl = (id: MediaId): string => `/media/${id}`

const endings: Record<string, string> = {
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/flac': 'flac',
  'audio/mp4': 'm4a',
  'audio/aac': 'aac',
  'audio/webm': 'webm',
  'video/webm': 'webm',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/apng': 'png',
  'image/png': 'png',
}

/** What a file is called when it is saved: signs that no file system takes become spaces. */
export function fileNameOf(title: string, { type }: Pick<MediaFile, 'type'>): string {
  const name = title.replaceAll(/[\s\p{Cc}<>:"/\\|?*]+/gu, ' ').trim()
  const ending = endings[type.split(';')[0]?.trim() ?? '']
  return ending === undefined ? name : `${name}.${ending}`
}

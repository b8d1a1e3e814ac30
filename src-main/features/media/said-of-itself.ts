import type { MediaFile } from '@contract/entities/media'

/** What could be read of what a file says of itself. */
export type SaidOfItself = Partial<
  Record<keyof Pick<MediaFile, 'durationMs' | 'channels' | 'sampleRate' | 'width' | 'height'>, number>
>

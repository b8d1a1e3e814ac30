import { existsSync } from 'node:fs'
import type { StoryId } from '@contract/ids'
import type { Logger } from '@main/platform/logger'
import type { IndexClient } from './index-client'

/** Milliseconds after a story was opened until its vectors are read: first it is shown. */
const SHOWN_MS = 1500

/** Reads what is known of the story that the writer looks at into memory. */
export interface OpenStory {
  /** Nothing new is taken up, which a model might have to be asked for. */
  opened(storyId: StoryId): void
  close(): void
}

export function createOpenStory(ports: {
  index: Pick<IndexClient, 'ask'>
  indexFile: string
  /** The identity of the story's embedder; null where it cannot be found out. */
  identityOf: (storyId: StoryId) => string | null
  logger: Logger
}): OpenStory {
  const { index, indexFile, identityOf, logger } = ports
  let last: StoryId | null = null
  let timer: NodeJS.Timeout | undefined
  const warm = (storyId: StoryId) => {
    const embedder = identityOf(storyId)
    if (embedder === null || !existsSync(indexFile)) return
    index
      .ask('warm', { storyId, embedder })
      .catch((error: unknown) => logger.warn('Vectors could not be read', { id: storyId, cause: String(error) }))
  }
  return {
    opened: (storyId) => {
      if (storyId === last) return
      last = storyId
      clearTimeout(timer)
      timer = setTimeout(() => warm(storyId), SHOWN_MS).unref()
    },
    close: () => clearTimeout(timer),
  }
}

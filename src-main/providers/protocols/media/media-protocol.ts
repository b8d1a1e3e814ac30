import { createKeyCheck } from '@main/providers/kit/check-key'
import { unknownModel } from '@main/providers/kit/failures'
import { listMediaModels } from '@main/providers/kit/list-media-models'
import type { Connection, Protocol } from '@main/providers/spec/protocol'

/** All that such a provider makes, of whatever kind: what a check of its key looks at where it has nothing better. */
async function* listMedia(connection: Connection, signal: AbortSignal) {
  for (const media of Object.values(connection.definition.media)) yield* listMediaModels(connection, media, signal)
}

/**
 * A provider that makes voices, music or films, and no words: how it is asked for those is said by its `media`. It lists
 * nothing for the catalogue, and whoever asks it to write is told that it has no such model.
 */
export const mediaProtocol: Protocol = {
  id: 'media',
  async *listModels() {},
  checkKey: createKeyCheck(listMedia),
  chat: (provider, { model }) => ({
    [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(unknownModel({ ...provider, model })) }),
  }),
}

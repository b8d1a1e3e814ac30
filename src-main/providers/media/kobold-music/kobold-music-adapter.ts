import { listMediaModels } from '@main/providers/kit/list-media-models'
import type { MediaAdapter } from '@main/providers/spec/media'
import { makeMusic } from './make-music'

/** Music by a KoboldCpp of the user's. */
export const koboldMusicAdapter: MediaAdapter = {
  id: 'kobold-music',
  listModels: listMediaModels,
  make: (connection, _definition, request) => makeMusic(connection, request),
}

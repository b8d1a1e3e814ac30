import { listMediaModels } from '@main/providers/kit/list-media-models'
import type { MediaAdapter } from '@main/providers/spec/media'
import { speak } from './speak'

/** Voices by Yandex SpeechKit. */
export const speechKitAdapter: MediaAdapter = {
  id: 'speechkit',
  listModels: listMediaModels,
  speak,
}

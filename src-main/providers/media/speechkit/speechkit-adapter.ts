import { listMediaModels } from '@main/providers/media/list-models'
import type { MediaAdapter } from '@main/providers/spec/media'
import { speak } from './speak'

/** Voices by Yandex SpeechKit. */
export const speechKitAdapter: MediaAdapter = {
  id: 'speechkit',
  listModels: listMediaModels,
  speak,
}

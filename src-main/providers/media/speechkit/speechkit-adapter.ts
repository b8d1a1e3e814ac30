import { listMediaModels } from '@main/providers/media/list-models'
import type { MediaAdapter } from '@main/providers/spec/media'

/** Voices by Yandex SpeechKit. */
export const speechKitAdapter: MediaAdapter = {
  id: 'speechkit',
  listModels: listMediaModels,
}

import { listMediaModels } from '@main/providers/media/list-models'
import type { MediaAdapter } from '@main/providers/spec/media'

/** Voices by OpenAI's \`/audio/speech\`, which OpenRouter has as well. */
export const openAiSpeechAdapter: MediaAdapter = {
  id: 'openai-speech',
  listModels: listMediaModels,
}

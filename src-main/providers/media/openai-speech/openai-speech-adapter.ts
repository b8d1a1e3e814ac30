import { listMediaModels } from '@main/providers/kit/list-media-models'
import type { MediaAdapter } from '@main/providers/spec/media'
import { speak, speakAs } from './speak'
import { SpeechWire } from './speech-wire'

/** Voices by OpenAI's `/audio/speech`, which OpenRouter has as well. */
export const openAiSpeechAdapter: MediaAdapter = {
  id: 'openai-speech',
  listModels: listMediaModels,
  speak,
  formats: ({ wire }) => SpeechWire.parse(wire).formats,
  speakAs,
}

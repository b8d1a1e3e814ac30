import { loadOnce } from '@main/providers/kit/load-once'
import type { MediaAdapter } from '@main/providers/spec/media'

/** Every way to ask for voices, music and films, loaded when it is first used: none of it must delay the start. */
const loaders: Readonly<Record<string, () => Promise<MediaAdapter>>> = {
  'openai-speech': async () => (await import('./openai-speech/openai-speech-adapter')).openAiSpeechAdapter,
  speechkit: async () => (await import('./speechkit/speechkit-adapter')).speechKitAdapter,
  job: async () => (await import('./job/job-adapter')).jobAdapter,
  'kobold-music': async () => (await import('./kobold-music/kobold-music-adapter')).koboldMusicAdapter,
  demo: async () => (await import('./demo/demo-adapter')).demoAdapter,
}

/** The adapter of a provider's `media`. Throws `not_found` for one that this version of Fabula does not have. */
export const mediaAdapterFor = loadOnce('adapter', loaders)

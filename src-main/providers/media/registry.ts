import { CommonError, FabulaError } from '@contract/errors'
import type { MediaAdapter } from '@main/providers/spec/media'

/** Every way to ask for voices, music and films, loaded when it is first used: none of it must delay the start. */
const loaders: Readonly<Record<string, () => Promise<MediaAdapter>>> = {
  'openai-speech': async () => (await import('./openai-speech/openai-speech-adapter')).openAiSpeechAdapter,
  speechkit: async () => (await import('./speechkit/speechkit-adapter')).speechKitAdapter,
  job: async () => (await import('./job/job-adapter')).jobAdapter,
  'kobold-music': async () => (await import('./kobold-music/kobold-music-adapter')).koboldMusicAdapter,
  demo: async () => (await import('./demo/demo-adapter')).demoAdapter,
}

export const mediaAdapterIds: readonly string[] = Object.keys(loaders)

const loaded = new Map<string, MediaAdapter>()

/** The adapter of a provider's `media`. Throws `not_found` for one that this version of Fabula does not have. */
export async function mediaAdapterFor(id: string): Promise<MediaAdapter> {
  const known = loaded.get(id)
  if (known) return known
  const load = Object.hasOwn(loaders, id) ? loaders[id] : undefined
  if (!load)
    throw new FabulaError(CommonError.NotFound, `There is no adapter "${id}"`, {
      details: { path: 'adapter', name: id },
    })
  const adapter = await load()
  loaded.set(id, adapter)
  return adapter
}

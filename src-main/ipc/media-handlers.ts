import type { CharacterVoices } from '@main/features/media/character-voices'
import type { MediaList } from '@main/features/media/media-list'
import type { HandlersOf } from './router'

export const mediaHandlers = (media: MediaList, voices: CharacterVoices): HandlersOf<'media'> => ({
  'media.plan': (request) => media.plan(request),
  'media.make': (request) => media.make(request),
  'media.list': (input) => media.list(input),
  'media.get': ({ id }) => media.get(id),
  'media.rename': ({ id, title }) => media.rename(id, title),
  'media.stop': ({ id }) => media.stop(id),
  'media.retry': ({ id }) => media.retry(id),
  'media.delete': ({ id }) => {
    media.remove(id)
    return {}
  },
  'media.voices': ({ providerId }) => voices.ofProvider(providerId),
  'media.setVoice': (input) => {
    voices.set(input)
    return {}
  },
})

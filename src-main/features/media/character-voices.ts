import { CommonError, FabulaError } from '@contract/errors'
import type { ProviderId } from '@contract/ids'
import type { ParsedInput } from '@contract/routes'
import type { CharacterVoice } from '@main/data/voice-store'
import type { Stores } from '@main/data/stores'
import type { EventHub } from '@main/platform/event-hub'
import type { ProviderDirectory } from '@main/settings/provider-directory'

/** The voices that characters have, by provider. */
export interface CharacterVoices {
  ofProvider(id: ProviderId): CharacterVoice[]
  /** Throws `not_found` for a character or a provider that is not there. */
  set(input: ParsedInput<'media.setVoice'>): void
}

export function createCharacterVoices(ports: {
  stores: Pick<Stores, 'voices' | 'worlds'>
  directory: Pick<ProviderDirectory, 'find'>
  events: EventHub
}): CharacterVoices {
  const { stores, directory, events } = ports
  const notThere = (path: string, id: string) =>
    new FabulaError(CommonError.NotFound, `There is no ${path} ${id}`, { details: { path } })
  return {
    ofProvider: (id) => stores.voices.ofProvider(id),
    set: ({ entryId, providerId, voice }) => {
      if (!stores.worlds.entry(entryId)) throw notThere('entryId', entryId)
      if (!directory.find(providerId)) throw notThere('providerId', providerId)
      stores.voices.set(entryId, providerId, voice)
      // No media: every list of them stays as it is.
      events.changed({ topic: 'media', ids: [] })
    },
  }
}

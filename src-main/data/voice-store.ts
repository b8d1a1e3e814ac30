import type { ProviderId, WorldEntryId } from '@contract/ids'
import type { Db } from './database'

/** The voice that a character has at a provider. */
export interface CharacterVoice {
  entryId: WorldEntryId
  voice: string
}

export interface VoiceStore {
  /** Of characters that are there. */
  ofProvider(providerId: ProviderId): CharacterVoice[]
  /** Null takes the voice away. */
  set(entryId: WorldEntryId, providerId: ProviderId, voice: string | null): void
}

export function createVoiceStore(db: Db): VoiceStore {
  const list = db.prepare<[ProviderId], CharacterVoice>(
    `SELECT v.entry_id AS entryId, v.voice FROM character_voices v JOIN world_entries e ON e.id = v.entry_id
     WHERE v.provider_id = ? ORDER BY v.entry_id`
  )
  const insert = db.prepare<[WorldEntryId, ProviderId, string]>(
    'INSERT OR REPLACE INTO character_voices (entry_id, provider_id, voice) VALUES (?, ?, ?)'
  )
  const remove = db.prepare<[WorldEntryId, ProviderId]>(
    'DELETE FROM character_voices WHERE entry_id = ? AND provider_id = ?'
  )
  return {
    ofProvider: (providerId) => list.all(providerId),
    set: (entryId, providerId, voice) => {
      if (voice === null) remove.run(entryId, providerId)
      else insert.run(entryId, providerId, voice)
    },
  }
}

import type { SpokenPart } from '@contract/entities/media'
import type { ProviderId, StoryId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import { sliced } from '@main/platform/sliced'
import { whoSpeaks, type Speaker } from '@main/speech/who-speaks'
import { namesOf } from '@main/worlds/named-entries'
import { storyWorldsOf } from '@main/worlds/story-worlds'
import { wordFinder } from '@main/worlds/word-finder'

/** Who says what in a text of a story, each with the voice that they have at a provider. */
export type ToldParts = (asked: {
  text: string
  storyId: StoryId | null
  providerId: ProviderId
  /** Voices that can be had; null: nobody knows. */
  voices: readonly string[] | null
}) => Promise<SpokenPart[]>

export const createToldParts =
  ({ stores }: { stores: Pick<Stores, 'worlds' | 'storyWorlds' | 'voices'> }): ToldParts =>
  async ({ text, storyId, providerId, voices }) => {
    const speakers = storyId === null ? [] : speakersOf(stores, storyId)
    const known = new Map(stores.voices.ofProvider(providerId).map(({ entryId, voice }) => [entryId, voice]))
    const voiceOf = ({ entryId }: SpokenPart): string | null => {
      const voice = entryId === null ? undefined : known.get(entryId)
      // One that the provider no longer has is read by the voice of the stage.
      return voice === undefined || (voices !== null && !voices.includes(voice)) ? null : voice
    }
    const parts = await sliced(whoSpeaks(text, speakers, await wordFinder()))
    return parts.map((part) => ({ ...part, voice: voiceOf(part) }))
  }

/** The characters of a story, and whom the writer plays. */
function speakersOf(stores: Pick<Stores, 'worlds' | 'storyWorlds'>, storyId: StoryId): Speaker[] {
  const { entries, persona } = storyWorldsOf(stores, storyId)
  const characters = entries.flatMap((entry) =>
    entry.kind === 'character' && entry.enabled ? [{ entryId: entry.id, names: namesOf(entry) }] : []
  )
  return persona ? [...characters, { entryId: persona.id, names: [persona.name] }] : characters
}

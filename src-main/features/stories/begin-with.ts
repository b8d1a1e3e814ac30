import type { CharacterEntry, PersonaEntry } from '@contract/entities/world'
import { CommonError, FabulaError } from '@contract/errors'
import { MessageId, type WorldEntryId } from '@contract/ids'
import type { ParsedInput } from '@contract/routes'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import { newId } from '@main/platform/ids'
import { withNames } from '@main/prompts/world-texts'
import { emptySceneWorld } from '@main/worlds/scene-world'

export type Beginning = NonNullable<ParsedInput<'stories.create'>['begin']>

/** Whom a story begins with. Throws `not_found` for a character or persona that is not here, `bad_input` for a greeting. */
export function beginningOf(
  stores: Stores,
  { characterId, greeting, personaId }: Beginning
): { character: CharacterEntry; persona: PersonaEntry | null } {
  const character = stores.worlds.entry(characterId)
  if (character?.kind !== 'character') throw notHere('begin.characterId', characterId)
  const persona = personaId === null ? null : stores.worlds.entry(personaId)
  if (persona !== null && persona.kind !== 'persona') throw notHere('begin.personaId', characterId)
  if (personaId !== null && persona === null) throw notHere('begin.personaId', personaId)
  if (greeting !== null && character.fields.greetings[greeting] === undefined)
    throw new FabulaError(CommonError.BadInput, 'The character has no such greeting', {
      details: { path: 'begin.greeting' },
    })
  return { character, persona }
}

const notHere = (path: string, id: WorldEntryId) =>
  new FabulaError(CommonError.NotFound, `There is no ${id}`, { details: { path } })

/**
 * Gives a new story the world of a character, who is held in its scene, and the persona. The greetings become the
 * alternatives of its first passage, and the one that was chosen is shown. Runs inside the caller's transaction.
 */
export function beginWith(
  stores: Stores,
  { id, language, title, createdAt }: StoryRow,
  { character, persona }: ReturnType<typeof beginningOf>,
  greeting: number | null
): void {
  const worlds = new Set([character.worldId, ...(persona ? [persona.worldId] : [])])
  stores.storyWorlds.setWorlds(id, [...worlds])
  stores.storyWorlds.useEntry(id, character.id, 'pinned')
  if (persona) stores.storyWorlds.useEntry(id, persona.id, 'persona')
  if (greeting === null) return
  const world = { ...emptySceneWorld, persona: persona && { entry: persona, reason: { type: 'chosen' } as const } }
  const heads = character.fields.greetings.map((text) => {
    const message = newId(MessageId)
    stores.messages.insert({
      id: message,
      storyId: id,
      parentId: null,
      author: 'story',
      text: withNames(text, { story: { title, language }, world }, character.name),
      state: 'complete',
      writtenBy: null,
      edited: false,
      deleted: false,
      createdAt,
    })
    return message
  })
  stores.stories.setHead(id, heads[greeting] ?? null, createdAt)
}

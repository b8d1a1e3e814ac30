import type { CharacterEntry, PersonaEntry, PlaceEntry } from '@contract/entities/world'
import { RoleId } from '@contract/ids'
import type { Language } from '@contract/values'
import { promptText } from './prompt-texts'
import type { PromptMaterial } from './section'

const WORLD = RoleId.parse('world')

/** What stands around the entries of a world, in the language of the story. */
export const worldText = (language: Language, name: string, values: Record<string, string>): string =>
  promptText(language, WORLD, name, values) ?? Object.values(values).join('\n')

/**
 * A text of a world with names in the place of `{{user}}` and `{{char}}`, as cards of other programs write them: whom the
 * writer plays, and whom the text is of. Where it is of nobody, the first character of the scene.
 */
export function withNames(
  text: string,
  { story, world }: Pick<PromptMaterial, 'story' | 'world'>,
  char?: string
): string {
  const user = world.persona?.entry.name ?? worldText(story.language, 'user', {})
  const character = char ?? world.characters[0]?.entry.name
  const named = text.replaceAll(/\{\{user\}\}|<user>/giu, () => user)
  return character === undefined ? named : named.replaceAll(/\{\{char\}\}|<bot>/giu, () => character)
}

/** What the people of a scene are called in a sentence; nobody is never an empty text there. */
export function namesInScene({ story: { language }, world }: Pick<PromptMaterial, 'story' | 'world'>): {
  persona_name: string
  character_names: string
} {
  const names = world.characters.map(({ entry }) => entry.name)
  return {
    persona_name: world.persona?.entry.name ?? worldText(language, 'user', {}),
    character_names: names.length > 0 ? lists[language].format(names) : worldText(language, 'others', {}),
  }
}

const lists = { en: new Intl.ListFormat('en'), ru: new Intl.ListFormat('ru') } satisfies Record<
  Language,
  Intl.ListFormat
>

/** All that a model is told of a character, a place or a persona. */
export function entryText(
  { name, ...entry }: CharacterEntry | PlaceEntry | PersonaEntry,
  material: Pick<PromptMaterial, 'story' | 'world'>
): string {
  const { language } = material.story
  const line = (label: string, text: string) =>
    text.trim() === '' ? [] : [worldText(language, label, { text: text.trim() })]
  const aliases = entry.kind === 'persona' ? [] : line('aliases', entry.fields.aliases.join(', '))
  const description = entry.fields.description.trim()
  const more =
    entry.kind === 'character'
      ? (['personality', 'voice', 'scenario', 'examples'] as const).flatMap((label) => line(label, entry.fields[label]))
      : []
  const told = [`## ${name}`, ...aliases, ...(description === '' ? [] : [description]), ...more].join('\n')
  return withNames(told, material, entry.kind === 'persona' ? undefined : name)
}

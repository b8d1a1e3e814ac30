import type { CanonPlace } from '@contract/entities/turn-results'
import type { PathText } from '@main/data/message-path'
import type { PromptMaterial } from './section'
import { entryText, withNames } from './world-texts'

/** What a draft is held against is read in pieces, each under a label by which an answer can name it. */
export interface CanonItem {
  label: string
  place: CanonPlace
  text: string
}

export type CanonMaterial = Pick<PromptMaterial, 'story' | 'world' | 'history' | 'recalled'>

/** The letters under which each kind of canon is numbered. */
const letters = { character: 'C', place: 'L', persona: 'M', lore: 'W', recalled: 'R' } as const
type Settled = keyof typeof letters

/** What is settled beside the newest passages, in the order in which it is given room. */
export function settledItems(material: CanonMaterial): CanonItem[] {
  const { world, recalled } = material
  const told = ({ id, name }: { id: string; name: string }, text: string) => ({ id, title: name, text })
  const numbered = (kind: Settled, items: readonly { id: string; title: string; text: string }[]): CanonItem[] =>
    items.map(({ id, title, text }, index) => ({
      label: `${letters[kind]}${index + 1}`,
      place: { kind, id, title },
      text,
    }))
  const entry = (one: Parameters<typeof entryText>[0]) => told(one, entryText(one, material))
  return [
    ...numbered('persona', world.persona ? [entry(world.persona.entry)] : []),
    ...numbered(
      'character',
      world.characters.map((present) => entry(present.entry))
    ),
    ...numbered(
      'place',
      world.places.map((present) => entry(present.entry))
    ),
    ...numbered(
      'lore',
      world.lore.map((awake) => told(awake.entry, withNames(awake.text, material)))
    ),
    ...numbered(
      'recalled',
      recalled.map(({ messageId, text }) => ({ id: messageId, title: '', text }))
    ),
  ]
}

/** The newest passages, the newest one first. */
export const passageItems = ({ history }: CanonMaterial, count: number): CanonItem[] =>
  history
    .newest(count)
    .toReversed()
    .map(({ id, text }: PathText, index) => ({
      label: `P${index + 1}`,
      place: { kind: 'passage', id, title: '' },
      text,
    }))

/** As a model reads it. */
export const canonText = (items: readonly CanonItem[]): string =>
  items
    .map(({ label, place, text }) => `[${[label, place.title].filter(Boolean).join(' · ')}]\n${text.trim()}`)
    .join('\n\n')

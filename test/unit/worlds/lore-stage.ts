import { LoreFields, WorldFields, type LoreEntry, type World } from '@contract/entities/world'
import { WorldEntryId, WorldId } from '@contract/ids'
import { newId } from '@main/platform/ids'
import { activateLore, type LoreActivation, type LoreScene } from '@main/worlds/lore-activation'
import { wordFinder } from '@main/worlds/word-finder'

const NOW = '2026-01-02T03:04:05.000Z'

export const world = (fields: Partial<WorldFields> = {}): World => ({
  ...WorldFields.parse({}),
  ...fields,
  id: newId(WorldId),
  name: 'World',
  extra: {},
  createdAt: NOW,
  updatedAt: NOW,
})

export const lore = (of: World, name: string, fields: Partial<LoreFields> = {}): LoreEntry => ({
  id: newId(WorldEntryId),
  worldId: of.id,
  kind: 'lore',
  name,
  enabled: true,
  fields: { ...LoreFields.parse({ content: `About ${name}.` }), ...fields },
  extra: {},
  createdAt: NOW,
  updatedAt: NOW,
})

/** What texts wake; the first text is the newest. */
export async function wake(
  worlds: readonly World[],
  entries: readonly LoreEntry[],
  texts: readonly string[],
  more: Partial<Pick<LoreScene, 'pinned' | 'length' | 'wokeAgo' | 'chance'>> = {}
): Promise<LoreActivation> {
  const finder = await wordFinder()
  return activateLore({
    worlds: new Map(worlds.map((one) => [one.id, one])),
    entries,
    pinned: new Set(),
    passages: texts.map((text) => finder.view(text)),
    length: texts.length,
    wokeAgo: new Map(),
    chance: () => 0,
    finder,
    ...more,
  })
}

export const names = ({ awake }: LoreActivation): string[] => awake.map(({ entry }) => entry.name)
export const sleeping = ({ asleep }: LoreActivation): [string, string][] =>
  asleep.map(({ entry, asleep: why }) => [entry.name, why])

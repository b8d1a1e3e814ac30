import type { WorldEntryKind } from '@contract/entities/world'

export const worldTabs = ['character', 'place', 'lore', 'persona', 'style'] as const
export type WorldTab = (typeof worldTabs)[number]

/** The part of a world that an address names; the characters without one. */
export const tabOf = (text: string | undefined): WorldTab => worldTabs.find((tab) => tab === text) ?? 'character'

/** The kind of entries that a part shows; null for the style guide. */
export const kindOf = (tab: WorldTab): WorldEntryKind | null => (tab === 'style' ? null : tab)

import { apple, keysText } from '@renderer/components/keys'

/** How the command palette's keys are written on this computer. */
export const paletteKeys = keysText('Mod', 'K')

/** By the physical key, so that it works with a Cyrillic layout too. */
export const opensPalette = (event: KeyboardEvent): boolean =>
  event.code === 'KeyK' && (apple ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey

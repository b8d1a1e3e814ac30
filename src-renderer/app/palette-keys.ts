/** Apple keyboards have ⌘ where others have Ctrl. */
const apple = /mac|iphone|ipad/i.test(navigator.platform)

/** How the command palette's keys are written on this computer. */
export const paletteKeys = apple ? '⌘ K' : 'Ctrl K'

/** By the physical key, so that it works with a Cyrillic layout too. */
export const opensPalette = (event: KeyboardEvent): boolean =>
  event.code === 'KeyK' && (apple ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey

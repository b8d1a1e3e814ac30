import type { Preloadable } from './lazy-screen'

/** One letter of each script that Fabula speaks: every script stands in a file of its own. */
const LETTERS = 'aя'

/**
 * The letters that prose is set in, upright and italic. Fetched before a story is opened: text that is drawn in another
 * type first is laid out twice, and jumps.
 */
export const proseFonts: Preloadable = {
  preload: () =>
    Promise.all(['normal', 'italic'].map((style) => document.fonts.load(`${style} 1em 'Literata Variable'`, LETTERS))),
}

/** Apple keyboards have ⌘ where others have Ctrl. */
const apple = /mac|iphone|ipad/i.test(navigator.platform)

/** How the keys for undo and redo are written on this computer. */
export const undoKeys = apple ? { undo: '⌘ Z', redo: '⇧ ⌘ Z' } : { undo: 'Ctrl Z', redo: 'Ctrl Shift Z' }

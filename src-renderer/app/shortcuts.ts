import { keysText } from '@renderer/components/keys'
import { undoKeys } from '@renderer/features/writing/undo-keys'
import { paletteKeys } from './palette-keys'

/** What can be done by keys alone, by where; the names stand under `shortcuts` in `frame.json`. */
export const shortcuts = [
  {
    part: 'anywhere',
    rows: [
      { name: 'commands', keys: [paletteKeys] },
      { name: 'list', keys: ['?'] },
      { name: 'close', keys: ['Esc'] },
      { name: 'rows', keys: ['↑', '↓'] },
      { name: 'edges', keys: ['Home', 'End'] },
    ],
  },
  {
    part: 'writing',
    rows: [
      { name: 'send', keys: ['Enter'] },
      { name: 'line', keys: [keysText('Shift', 'Enter')] },
      { name: 'stop', keys: ['Esc'] },
      { name: 'undo', keys: [undoKeys.undo] },
      { name: 'redo', keys: [undoKeys.redo] },
      { name: 'done', keys: ['Esc', keysText('Mod', 'Enter')] },
      { name: 'passages', keys: ['↑', '↓'] },
      { name: 'story', keys: [keysText('Mod', 'Home'), keysText('Mod', 'End')] },
    ],
  },
  {
    part: 'templates',
    rows: [
      { name: 'generate', keys: [keysText('Mod', 'Enter')] },
      { name: 'version', keys: [keysText('Mod', 'S')] },
    ],
  },
] as const

/** A question mark that is not written anywhere. In an open dialog it would put a second one over the first. */
export const opensShortcuts = ({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean =>
  key === '?' &&
  !(ctrlKey || metaKey || altKey) &&
  !(target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role="dialog"]'))

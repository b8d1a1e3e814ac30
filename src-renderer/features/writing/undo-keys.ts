import { apple, keysText } from '@renderer/components/keys'

/** How the keys for undo and redo are written on this computer. */
export const undoKeys = {
  undo: keysText('Mod', 'Z'),
  redo: apple ? keysText('Shift', 'Mod', 'Z') : keysText('Mod', 'Shift', 'Z'),
}

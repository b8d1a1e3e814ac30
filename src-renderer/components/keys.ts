/** Apple keyboards have ⌘ where others have Ctrl. */
export const apple = /mac|iphone|ipad/i.test(navigator.platform)

const marks: Readonly<Record<string, string>> = apple ? { Mod: '⌘', Shift: '⇧' } : { Mod: 'Ctrl' }

/** Keys that are pressed together, as they are written on this computer; `Mod` is Ctrl or ⌘. */
export const keysText = (...keys: readonly string[]): string => keys.map((key) => marks[key] ?? key).join(' ')

/** The part of a preset that belongs to no role. */
export const FALLBACK_TAB = 'fallback'

let tab = 'main'

/** The role that was looked at last, so that presets can be compared role by role. */
export const lastTab = (): string => tab

export const rememberTab = (next: string): void => {
  tab = next
}

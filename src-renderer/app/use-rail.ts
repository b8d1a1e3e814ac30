import { useMediaQuery } from '@mantine/hooks'
import { usePreferences } from '@renderer/components/use-preferences'

export interface RailState {
  /** The window has no room for names. */
  narrow: boolean
  /** Icons alone: for want of room, or because the user wants it so. */
  collapsed: boolean
  change: (collapsed: boolean) => void
}

/** How the rail stands at the left. */
export function useRail(): RailState {
  const [preferences, set] = usePreferences()
  const narrow = useMediaQuery('(max-width: 1000px)', undefined, { getInitialValueInEffect: false })
  return {
    narrow,
    collapsed: narrow || preferences.railCollapsed,
    change: (collapsed) => set({ railCollapsed: collapsed }),
  }
}

import { useMediaQuery } from '@mantine/hooks'
import { usePreferences } from '@renderer/components/use-preferences'
import { useFocusMode } from '@renderer/stores/ui-focus'

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

/** Between the places of the rail and its commands there is a part where nothing is pressed. */
export function useRoomInRail(): boolean {
  const { collapsed } = useRail()
  const focus = useFocusMode((state) => state.on)
  const isTall = useMediaQuery('(min-height: 720px)', undefined, { getInitialValueInEffect: false })
  return isTall && !collapsed && !focus
}

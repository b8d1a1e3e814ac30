import { useEffect, useRef } from 'react'

/** Elements that use Escape for themselves while they are open. */
const OWN_ESCAPE = '[aria-expanded="true"]:is([role="combobox"], [aria-haspopup]), [role="dialog"], [role="menu"]'

/** Calls back on Escape, unless a menu, dialog or list on the page takes it. */
export function useEscape(onEscape: () => void): void {
  const latest = useRef(onEscape)
  useEffect(() => {
    latest.current = onEscape
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
      if (event.target instanceof Element && event.target.closest(OWN_ESCAPE)) return
      latest.current()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

/** Where Escape means something else: what is written goes back, what is open closes. */
const OWN_ESCAPE = 'input, textarea, select, [contenteditable="true"], [aria-expanded="true"]'
const OPEN = '[role="dialog"], [role="menu"], [role="listbox"]'

/** Calls back on Escape where nothing else on the page takes it; returns what ends that. */
export function onEscape(back: () => void): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
    if (event.target instanceof Element && event.target.closest(OWN_ESCAPE)) return
    if (document.querySelector(OPEN)) return
    back()
  }
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}

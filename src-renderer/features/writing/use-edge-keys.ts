import { useEffect } from 'react'

/** Whether the keys move the cursor through words: in a field that is empty they have nothing to do. */
function hasWords(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) return target.value !== ''
  return target instanceof Element && target.closest('[role="dialog"], [contenteditable]') !== null
}

/** Ctrl+Home and Ctrl+End lead to the beginning and to the end of the story. */
export function useEdgeKeys({ toStart, toEnd }: { toStart: () => void; toEnd: () => void }): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || hasWords(event.target)) return
      if (event.key !== 'Home' && event.key !== 'End') return
      event.preventDefault()
      if (event.key === 'Home') toStart()
      else toEnd()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [toStart, toEnd])
}

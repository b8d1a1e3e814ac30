import type { i18n } from 'i18next'
import { bridge } from '@renderer/api/bridge'
import { notifyDone } from '@renderer/components/notify'

/** What the page's place in the history says of itself: it outlives a reload. */
const RESTORED = 'restored'

/**
 * Loads the page anew once a backup has taken the place of the database: what is open here may not be there any more, and what
 * is half written belongs to what was there before. It is said after that (`sayIfRestored`).
 */
export function startAnewWhenRestored(reload = () => window.location.reload()): () => void {
  return bridge().subscribe(({ name }) => {
    if (name !== 'storage.restored') return
    window.history.replaceState(RESTORED, '', '#/stories')
    reload()
  })
}

export function sayIfRestored(i18n: i18n): void {
  if (window.history.state !== RESTORED) return
  window.history.replaceState(null, '')
  notifyDone(i18n.t('frame:storage.restored'))
}

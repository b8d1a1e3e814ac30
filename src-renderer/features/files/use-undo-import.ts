import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { LastImport } from '@contract/routes/files'
import { request } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'
import { notifyDone } from '@renderer/components/notify'

/** The import that can be undone, or null, and what undoes it; throws where main refuses. */
export function useUndoImport(): { last: LastImport | null; undo: (undoId: string) => Promise<void> } {
  const { t } = useTranslation('files')
  const [place, go] = useLocation()
  const { data: last = null } = useRoute('files.lastImport', {})
  return {
    last,
    undo: async (undoId) => {
      await request('files.undo', { undoId })
      // What is shown may be gone now.
      const screen = /^\/(presets|worlds|stories)\//.exec(place)?.[1]
      if (screen !== undefined) go(`/${screen}`)
      notifyDone(t('done.undone'))
    },
  }
}

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
      // The preset that is shown may be gone now.
      if (place.startsWith('/presets/')) go('/presets')
      notifyDone(t('done.undone'))
    },
  }
}

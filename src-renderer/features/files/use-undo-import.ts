import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { CommonError } from '@contract/errors'
import { PresetId, StoryId, WorldId } from '@contract/ids'
import type { LastImport } from '@contract/routes/files'
import { request } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'
import { toErrorShape } from '@renderer/components/error-text'
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
      const list = await listOfGone(place)
      if (list !== null) go(list)
      notifyDone(t('done.undone'))
    },
  }
}

/** The list to go back to where what a screen shows went with the import; null where it is still there. */
async function listOfGone(place: string): Promise<string | null> {
  const [, screen, id] = /^\/(presets|worlds|stories)\/([^/]+)/.exec(place) ?? []
  try {
    if (screen === 'presets') await request('presets.get', { id: PresetId.parse(id) })
    else if (screen === 'worlds') await request('worlds.get', { worldId: WorldId.parse(id) })
    else if (screen === 'stories') await request('stories.get', { id: StoryId.parse(id) })
    return null
  } catch (error) {
    return toErrorShape(error).code === CommonError.NotFound ? `/${screen}` : null
  }
}

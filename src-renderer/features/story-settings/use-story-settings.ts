import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { StorySettings } from '@contract/entities/effective'
import type { FabulaError } from '@contract/errors'
import type { RoleId, StoryId } from '@contract/ids'
import type { JsonValue } from '@contract/values'
import { request } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'
import { notifyError, notifyUndo } from '@renderer/components/notify'
import { differencesOf } from '@renderer/domain/role-form/differences'
import { withChanges } from './effective-view'
import { OverrideSaves } from './override-saves'

export interface StorySettingsDraft {
  /** As they stand on the screen: what main has, and over it what is not saved yet. */
  settings: StorySettings | undefined
  loadError: FabulaError | null
  reload: () => void
  state: 'saved' | 'saving' | 'failed'
  saveError: unknown
  retry: () => void
  /** Makes the story differ; null for not set in the story. */
  change: (role: RoleId, changes: Record<string, JsonValue>) => void
  /** Gives fields back to the preset. */
  giveBack: (role: RoleId, paths: readonly string[]) => void
  /** Gives a whole role back, or all of them, and lets the writer take that back. */
  reset: (role?: RoleId) => void
}

/** What a story works with, saved as it is edited. */
export function useStorySettings(id: StoryId): StorySettingsDraft {
  const { t } = useTranslation('story-settings')
  const client = useQueryClient()
  const query = useRoute('stories.settings', { id })
  const saves = useMemo(
    () =>
      new OverrideSaves({
        send: (role, changes) => request('stories.override', { id, role, changes }),
        onSaved: (settings) => client.setQueryData(['stories.settings', { id }], settings),
      }),
    [client, id]
  )
  const { state, changes, error } = useSyncExternalStore(saves.subscribe, saves.snapshot)

  useEffect(() => {
    const flush = () => void saves.flush()
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      void leave(saves)
    }
  }, [saves])

  const settings = query.data && withChanges(query.data, changes)
  const resetOverrides = async (role: RoleId | undefined, paths?: readonly string[]) => {
    await saves.flush()
    const input = { id, ...(role ? { role } : {}), ...(paths ? { paths: [...paths] } : {}) }
    client.setQueryData(['stories.settings', { id }], await request('stories.resetOverrides', input))
  }
  const reset = async (role?: RoleId) => {
    const given = settings?.roles.filter((view) => role === undefined || view.role === role) ?? []
    await resetOverrides(role)
    const undo = async () => {
      for (const { role: one, overrides } of given) {
        const before = Object.entries(overrides).map(([path, { value }]) => [path, value] as const)
        if (before.length > 0) await request('stories.override', { id, role: one, changes: Object.fromEntries(before) })
      }
    }
    notifyUndo({ text: t('resetDone', { count: given.flatMap(differencesOf).length }), undo })
  }
  return {
    settings,
    loadError: query.error,
    reload: () => void query.refetch(),
    state,
    saveError: error,
    retry: () => void saves.flush(),
    change: (role, more) => {
      if (Object.keys(more).length > 0) saves.add(role, more)
    },
    giveBack: (role, paths) => void resetOverrides(role, paths).catch(notifyError),
    reset: (role) => void reset(role).catch(notifyError),
  }
}

/** Nobody is left to show a failure where it belongs. */
async function leave(saves: OverrideSaves): Promise<void> {
  await saves.flush()
  const { error } = saves.snapshot()
  if (error !== null) notifyError(error)
}

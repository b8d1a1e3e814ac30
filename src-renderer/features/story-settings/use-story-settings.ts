import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { StorySettings } from '@contract/entities/effective'
import type { RoleId, StoryId } from '@contract/ids'
import type { JsonValue } from '@contract/values'
import { request } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'
import { notifyError, notifyUndo } from '@renderer/components/notify'
import { SaveQueue } from '@renderer/components/save-queue'
import { keptSaves, loadingOf, useDraft, type Loading, type Saving } from '@renderer/components/use-saves'
import { differencesOf } from '@renderer/domain/role-form/differences'
import { withChange, type RoleChange } from './effective-view'

/** The saves of what one story changes: each role for itself, all its fields at once. */
const storySaves = keptSaves(
  (client, id: StoryId) =>
    new SaveQueue<RoleChange>({
      save: async (change) =>
        client.setQueryData(['stories.settings', { id }], await request('stories.override', { id, ...change })),
      partOf: ({ role }) => role,
      merge: (earlier, later) => ({ role: later.role, changes: { ...earlier.changes, ...later.changes } }),
    })
)

const withRoleChange = (settings: StorySettings | undefined, change: RoleChange): StorySettings | undefined =>
  settings && withChange(settings, change)

export interface StorySettingsDraft extends Saving, Loading {
  /** As they stand on the screen: what main has, and over it what is not saved yet. */
  settings: StorySettings | undefined
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
  const saves = storySaves(client, id)
  const { value: settings, state, saveError, retry } = useDraft(saves, query.data, withRoleChange)
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
    ...loadingOf(query),
    state,
    saveError,
    retry,
    change: (role, more) => {
      if (Object.keys(more).length > 0) saves.add({ role, changes: more })
    },
    giveBack: (role, paths) => void resetOverrides(role, paths).catch(notifyError),
    reset: (role) => void reset(role).catch(notifyError),
  }
}

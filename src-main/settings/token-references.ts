import { roleEntries } from '@contract/entities/preset'
import { TokenId } from '@contract/ids'
import type { ModelSettings } from '@contract/entities/model-config'
import type { Stores } from '@main/data/stores'
import type { ChangedRows } from '@main/platform/event-hub'
import { z } from 'zod'

/**
 * Takes a token out of every model config, preset and story that names it. Where it was the only one, an empty choice is
 * left: the user must choose again, as no other key may be billed in its place. Returns what was changed. Runs inside the
 * caller's transaction.
 */
export function withoutToken(stores: Stores, id: TokenId, now: string): ChangedRows[] {
  const names = ({ tokenIds }: ModelSettings) => tokenIds?.includes(id) ?? false
  const cleaned = (settings: ModelSettings): ModelSettings => ({
    ...settings,
    tokenIds: settings.tokenIds?.filter((one) => one !== id),
  })
  const configs: string[] = []
  const presets: string[] = []
  const stories: string[] = []
  for (const config of stores.modelConfigs.list())
    if (names(config.settings)) {
      stores.modelConfigs.update({ ...config, settings: cleaned(config.settings), updatedAt: now })
      configs.push(config.id)
    }
  for (const presetId of stores.presets.ids())
    for (const { role, value } of roleEntries(stores.presets.get(presetId)?.roles ?? {}))
      if (names(value.settings)) {
        stores.presets.setRole(presetId, role, { ...value, settings: cleaned(value.settings) })
        presets.push(presetId)
      }
  for (const { storyId, title: _title, deleted: _deleted, ...row } of stores.overrides.at('tokenIds')) {
    const chosen = z.array(TokenId).safeParse(row.value)
    if (chosen.success && chosen.data.includes(id)) {
      stores.overrides.put(storyId, { ...row, value: chosen.data.filter((one) => one !== id) })
      stories.push(storyId)
    }
  }
  return [
    { topic: 'modelConfigs', ids: configs },
    { topic: 'presets', ids: presets },
    { topic: 'stories', ids: stories },
  ]
}

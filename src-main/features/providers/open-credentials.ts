import { credentialsIn, mapTexts } from '@contract/credentials'
import { looksLikeCredential } from '@contract/headers'
import type { ModelSettings } from '@contract/entities/model-config'
import { roleEntries } from '@contract/entities/preset'
import { ProviderId } from '@contract/ids'
import type { JsonObject } from '@contract/values'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { Logger } from '@main/platform/logger'
import type { Vault } from '@main/secrets/vault'
import { hasOpenCredentials, sealAdditions } from '@main/settings/provider-secrets'

/**
 * Moves credentials that an earlier version stored in clear to the vault: those among the headers and fields of providers,
 * and those among custom parameters, which from then on are fields of their provider and go out as before. Does nothing
 * while the vault is not open.
 */
export function sealOpenCredentials(ports: {
  stores: Stores
  vault: Vault
  events: EventHub
  clock: Clock
  logger: Logger
}): void {
  const { stores, vault, events, clock, logger } = ports
  if (vault.status().state !== 'ready') return
  const now = timestamp(clock)
  const moved = new Map<ProviderId, JsonObject>()
  let count = 0
  const changed = {
    providers: new Set<string>(),
    modelConfigs: new Set<string>(),
    presets: new Set<string>(),
    stories: new Set<string>(),
  }

  /** The settings without credentials, which are noted for their provider; null when there are none. */
  const cleaned = (settings: ModelSettings, providerId = settings.providerId): ModelSettings | null => {
    const { custom = {} } = settings
    const found = credentialsIn(custom)
    if (found.length === 0) return null
    count += found.length
    if (providerId) moved.set(providerId, { ...onlyCredentials(custom), ...moved.get(providerId) })
    return {
      ...settings,
      custom: mapTexts(custom, (path, text) => (looksLikeCredential(path.at(-1) ?? '', text) ? undefined : text)),
    }
  }

  stores.transaction(() => {
    for (const config of stores.modelConfigs.list()) {
      const settings = cleaned(config.settings)
      if (!settings) continue
      stores.modelConfigs.update({ ...config, settings, updatedAt: now })
      changed.modelConfigs.add(config.id)
    }
    for (const id of stores.presets.ids())
      for (const { role, value } of roleEntries(stores.presets.get(id)?.roles ?? {})) {
        const base = value.modelConfigId && stores.modelConfigs.get(value.modelConfigId)
        const settings = cleaned(
          value.settings,
          value.settings.providerId ?? (base ? base.settings.providerId : undefined)
        )
        if (!settings) continue
        stores.presets.setRole(id, role, { ...value, settings })
        changed.presets.add(id)
      }
    for (const { storyId, role, path, value } of stores.overrides.below('custom.')) {
      const custom = { [path.slice('custom.'.length)]: value }
      const provider = stores.overrides.ofStory(storyId).find((one) => one.role === role && one.path === 'providerId')
      const story = stores.stories.get(storyId)
      const ofPreset = story ? stores.presets.get(story.presetId)?.roles[role] : undefined
      const said = ProviderId.safeParse(provider?.value ?? ofPreset?.settings.providerId)
      if (!cleaned({ custom }, said.data)) continue
      stores.overrides.remove(storyId, role, path)
      changed.stories.add(storyId)
    }
    for (const row of stores.providers.list()) {
      const own = { ...row, extraBody: { ...moved.get(row.id), ...row.extraBody } }
      if (!hasOpenCredentials(own)) continue
      stores.providers.update(sealAdditions(vault, own, row.secrets), now)
      changed.providers.add(row.id)
      count += 1
    }
  })
  if (count === 0) return
  logger.info('Credentials among settings were moved to the vault', { count })
  events.changed(
    { topic: 'providers', ids: [...changed.providers] },
    { topic: 'modelConfigs', ids: [...changed.modelConfigs] },
    { topic: 'presets', ids: [...changed.presets] },
    { topic: 'stories', ids: [...changed.stories] }
  )
}

/** What remains of custom parameters when everything but the credentials is taken out. */
function onlyCredentials(custom: JsonObject): JsonObject {
  const kept: JsonObject = {}
  for (const [key, value] of Object.entries(custom)) {
    if (looksLikeCredential(key, value)) kept[key] = value
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const inner = onlyCredentials(value)
      if (Object.keys(inner).length > 0) kept[key] = inner
    }
  }
  return kept
}

import type { Stores } from '@main/data/stores'
import type { Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { Logger } from '@main/platform/logger'
import type { Redactor } from '@main/platform/redact'
import type { Vault } from '@main/secrets/vault'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import type { RoleRegistry } from '@main/settings/role-registry'

/** What every part of the core stands on. */
export interface Shared {
  stores: Stores
  directory: ProviderDirectory
  roles: RoleRegistry
  vault: Vault
  redactor: Redactor
  events: EventHub
  clock: Clock
  logger: Logger
}

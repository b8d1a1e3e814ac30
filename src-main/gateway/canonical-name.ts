import type { Preset } from '@contract/entities/preset'
import type { ModelConfig } from '@contract/entities/model-config'
import type { RoleId } from '@contract/ids'
import type { ServerRow } from '@main/data/server-store'

export const PRESET = 'preset/'
export const CONFIG = 'config/'

/** The role of a preset, as programs name it. */
export const presetRoleName = ({ name }: Pick<Preset, 'name'>, role: RoleId): string => `${PRESET}${name}/${role}`

/** Reusable settings, as programs name them. */
export const configName = ({ name }: Pick<ModelConfig, 'name'>): string => `${CONFIG}${name}`

/** A model of a provider, or on a server of it, as programs name it. */
export const modelName = (slug: string, model: string, server: Pick<ServerRow, 'name'> | null): string =>
  server ? `${slug}/${server.name}/${model}` : `${slug}/${model}`

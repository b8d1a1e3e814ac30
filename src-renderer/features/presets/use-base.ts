import { useTranslation } from 'react-i18next'
import type { ModelConfig, ModelSettings } from '@contract/entities/model-config'
import type { PresetRole, Role } from '@contract/entities/preset'
import { useRoute } from '@renderer/api/queries'
import type { Base } from '@renderer/domain/role-form/base'
import { laidOver, lentSettings, settingsBelow } from '@renderer/domain/role-form/model-settings'
import { useLocal } from '@renderer/components/use-local'

interface RoleInPreset {
  role: Role
  place: PresetRole
  /** Main's place, when it stands in for roles that have no model; null otherwise, and for main itself. */
  main: PresetRole | null
  /** Of the role's kind. */
  configs: readonly ModelConfig[]
}

/** All that a role works with, and whether that is the Writer's for want of a model of its own. */
export function effectiveOf({ role, place, main, configs }: RoleInPreset): {
  settings: ModelSettings
  usesMain: boolean
} {
  const config = configs.find(({ id }) => id === place.modelConfigId)
  if (!config && main !== null && role.kind === 'chat' && place.settings.model === undefined) {
    return { settings: laidOver(lentSettings(mainSettings(main, configs)), place.settings), usesMain: true }
  }
  return { settings: laidOver(config?.settings ?? {}, place.settings), usesMain: false }
}

/** The layer below a role's own settings: its model config, or main where main stands in for it. */
export function useBase({ role, place, main, configs }: RoleInPreset): { base: Base | null; usesMain: boolean } {
  const { t } = useTranslation('presets')
  const local = useLocal()
  const mainRole = useRoute('roles.list', {}).data?.find(({ switchable }) => !switchable)
  const config = configs.find(({ id }) => id === place.modelConfigId)
  if (config) {
    const settings = settingsBelow(config, place.settings)
    const base = { settings, from: t('origin.modelConfig'), reset: t('origin.resetToConfig'), name: config.name }
    return { base, usesMain: false }
  }
  const usesMain = main !== null && role.kind === 'chat' && place.settings.model === undefined
  if (!usesMain || !mainRole) return { base: null, usesMain: false }
  const settings = lentSettings(mainSettings(main, configs))
  const name = local(mainRole.name)
  return { base: { settings, from: name, reset: t('origin.resetTo', { name }), name }, usesMain: true }
}

function mainSettings(main: PresetRole, configs: readonly ModelConfig[]) {
  const config = configs.find(({ id }) => id === main.modelConfigId)
  return laidOver(config?.settings ?? {}, main.settings)
}

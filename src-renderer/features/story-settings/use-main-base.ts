import { useTranslation } from 'react-i18next'
import type { EffectiveRole } from '@contract/entities/effective'
import type { ModelSettings } from '@contract/entities/model-config'
import type { Role } from '@contract/entities/preset'
import { useRoute } from '@renderer/api/queries'
import type { Base } from '@renderer/domain/role-form/base'
import { lentSettings, settingsBelow } from '@renderer/domain/role-form/model-settings'
import { useLocal } from '@renderer/components/use-local'
import { settingsOf } from '@renderer/domain/role-form/settings-of'

/**
 * What main gives a role that has no model of its own; null where it gives nothing.
 *
 * @param main what main works with in this story; null where it does not stand in for others
 */
export function useMainBase(role: Role, own: ModelSettings, main: EffectiveRole | null): Base | null {
  const { t } = useTranslation('presets')
  const local = useLocal()
  const mainRole = useRoute('roles.list', {}).data?.find(({ id }) => id === main?.role)
  if (!main || !mainRole || role.kind !== mainRole.kind || own.model !== undefined) return null
  const settings = lentSettings(settingsOf(main))
  const name = local(mainRole.name)
  return { settings: settingsBelow({ settings }, own), from: name, reset: t('origin.resetTo', { name }), name }
}

import { useTranslation } from 'react-i18next'
import type { StorySettings } from '@contract/entities/effective'
import type { Role } from '@contract/entities/preset'
import type { RoleId } from '@contract/ids'
import { differencesOf } from '@renderer/domain/role-form/differences'
import { laidOver, lentSettings } from '@renderer/domain/role-form/model-settings'
import { RoleList } from '@renderer/domain/role-form/RoleList'
import { useRoleStates } from '@renderer/domain/role-form/use-role-states'
import { settingsOf } from '@renderer/domain/role-form/settings-of'

interface Props {
  settings: StorySettings
  roles: readonly Role[]
  useMainForUnset: boolean
  open: string
  onOpen: (role: string) => void
  onSwitch: (role: RoleId, enabled: boolean) => void
}

/** The roles of a story with what each works with there, and in how much it differs from the preset. */
export function StoryRoles({ settings, roles, useMainForUnset, open, onOpen, onSwitch }: Props) {
  const { t } = useTranslation('story-settings')
  const states = useRoleStates()
  const viewOf = (id: RoleId) => settings.roles.find((view) => view.role === id)
  const writer = roles.find(({ switchable }) => !switchable)
  const isOn = (role: Role) => !role.switchable || viewOf(role.id)?.fields['enabled']?.value === true
  const stateOf = (role: Role) => {
    const view = viewOf(role.id)
    const own = view ? settingsOf(view) : {}
    const main = writer && viewOf(writer.id)
    const usesMain =
      useMainForUnset && role !== writer && role.kind === 'chat' && own.model === undefined && main !== undefined
    const all = usesMain ? laidOver(lentSettings(settingsOf(main)), own) : own
    return states(role, { enabled: isOn(role), settings: all, usesMain, useMainForUnset })
  }
  return (
    <RoleList
      roles={roles}
      open={open}
      isOn={isOn}
      stateOf={stateOf}
      markOf={(id) => {
        const view = viewOf(id)
        const count = view ? differencesOf(view).length : 0
        return count > 0 ? t('roleMark', { count }) : null
      }}
      onOpen={onOpen}
      onSwitch={onSwitch}
    />
  )
}

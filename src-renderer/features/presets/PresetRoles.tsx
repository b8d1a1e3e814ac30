import { useTranslation } from 'react-i18next'
import type { ChainName, Preset, Role } from '@contract/entities/preset'
import type { RoleId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { RoleList } from '@renderer/domain/role-form/RoleList'
import { useRoleStates } from '@renderer/domain/role-form/use-role-states'
import { FALLBACK_TAB } from './last-tab'
import { effectiveOf } from './use-base'

interface Props {
  preset: Preset
  roles: readonly Role[]
  /** The id of the open role, or `FALLBACK_TAB`. */
  open: string
  onOpen: (part: string) => void
  onSwitch: (role: RoleId, enabled: boolean) => void
}

const chainNames: readonly ChainName[] = ['errors', 'contextOverflow', 'refusals']

/** The roles of a preset with what each works with, and its backup models below them. */
export function PresetRoles({ preset, roles, open, onOpen, onSwitch }: Props) {
  const { t } = useTranslation('presets')
  const states = useRoleStates()
  const configs = useRoute('modelConfigs.list', {}).data ?? []
  const { fallback } = preset
  const writer = roles.find(({ switchable }) => !switchable)
  const isOn = (role: Role) => !role.switchable || preset.roles[role.id]?.enabled === true
  const stateOf = (role: Role) => {
    const place = preset.roles[role.id]
    const main = writer && role !== writer && fallback.useMainForUnset ? (preset.roles[writer.id] ?? null) : null
    const { settings, usesMain } = place
      ? effectiveOf({ role, place, main, configs: configs.filter(({ kind }) => kind === role.kind) })
      : { settings: {}, usesMain: false }
    return states(role, { enabled: isOn(role), settings, usesMain, useMainForUnset: fallback.useMainForUnset })
  }
  const filled = chainNames.filter((name) => fallback.chains[name].length > 0)
  return (
    <RoleList
      roles={roles}
      open={open}
      isOn={isOn}
      stateOf={stateOf}
      last={{
        id: FALLBACK_TAB,
        name: t('fallback.tab'),
        aside: filled.length === 0 ? t('fallback.noChains') : t('fallback.chains', { count: filled.length }),
        facts: filled.map((name) => t(`fallback.short.${name}`, { count: fallback.chains[name].length })).join(' · '),
      }}
      onOpen={onOpen}
      onSwitch={onSwitch}
    />
  )
}

import { Switch } from '@mantine/core'
import { useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '@contract/entities/preset'
import type { RoleId } from '@contract/ids'
import { useLocal } from '@renderer/components/use-local'
import classes from './RoleTabs.module.css'

interface Props {
  roles: readonly Role[]
  /** The open tab: a role's id, or `fallbackTab`. */
  tab: string
  /** The last tab, of what belongs to no role; none when absent. */
  fallbackTab?: string
  /** What marks a role whose settings are not as they were given: its dot in words; null for the others. */
  markOf?: (role: RoleId, name: string) => string | null
  isOn: (role: RoleId) => boolean
  onTab: (tab: string) => void
  onSwitch: (role: RoleId, on: boolean) => void
}

/** As high as the words beside it. */
const smallSwitch = () => ({
  root: { '--switch-height': '14px', '--switch-width': '24px', '--switch-thumb-size': '10px' },
})

/**
 * Roles as tabs, each with its switch. The tab list owns the tabs by name instead of holding them: a switch must not
 * stand inside a tab, nor inside a list of tabs.
 */
export function RoleTabs({ roles, tab, fallbackTab, markOf, isOn, onTab, onSwitch }: Props) {
  const { t } = useTranslation('presets')
  const local = useLocal()
  const row = useRef<HTMLDivElement>(null)
  const tabs = [
    ...roles.map((role) => ({ id: String(role.id), name: local(role.name), role })),
    ...(fallbackTab === undefined ? [] : [{ id: fallbackTab, name: t('fallback.tab'), role: null }]),
  ]
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 }[event.key]
    const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length]
    if (!next) return
    event.preventDefault()
    onTab(next.id)
    row.current?.querySelector<HTMLElement>(`#role-tab-${CSS.escape(next.id)}`)?.focus()
  }
  return (
    <div className={classes.row} ref={row}>
      <div role="tablist" aria-label={t('roles')} aria-owns={tabs.map(({ id }) => `role-tab-${id}`).join(' ')} />
      {tabs.map(({ id, name, role }, index) => (
        <div key={id} className={classes.cell} data-open={id === tab || undefined}>
          <button
            type="button"
            role="tab"
            id={`role-tab-${id}`}
            className={classes.tab}
            data-name={name}
            aria-label={(role && markOf?.(role.id, name)) ?? undefined}
            aria-selected={id === tab}
            aria-controls="role-panel"
            tabIndex={id === tab ? 0 : -1}
            onClick={() => onTab(id)}
            onKeyDown={(event) => onKeyDown(event, index)}
          >
            {name}
            {role && markOf?.(role.id, name) && <span className={classes.mark} aria-hidden />}
          </button>
          {role?.switchable && (
            <Switch
              size="xs"
              vars={smallSwitch}
              aria-label={t('switch', { role: name })}
              checked={isOn(role.id)}
              onChange={(event) => onSwitch(role.id, event.currentTarget.checked)}
            />
          )}
        </div>
      ))}
    </div>
  )
}

import { Switch } from '@mantine/core'
import { useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '@contract/entities/preset'
import type { RoleId } from '@contract/ids'
import { useLocal } from '@renderer/components/use-local'
import type { RoleState } from './use-role-states'
import classes from './RoleList.module.css'

interface Props {
  roles: readonly Role[]
  /** The open part: a role's id, or that of `last`. */
  open: string
  isOn: (role: Role) => boolean
  stateOf: (role: Role) => RoleState
  /** What marks a role whose settings are not as they were given, in a few words; null for the others. */
  markOf?: (role: RoleId) => string | null
  /** Below the roles: what belongs to none of them. */
  last?: { id: string; name: string; aside: string; facts: string }
  onOpen: (id: string) => void
  onSwitch: (role: RoleId, on: boolean) => void
}

interface Part {
  id: string
  name: string
  role: Role | null
  tone: RoleState['tone'] | null
  facts: string
  mark: string | null
}

/**
 * Roles one under another, each with its switch and how it stands. The tab list owns the tabs by name instead of
 * holding them: a switch must not stand inside a tab, nor inside a list of tabs.
 */
export function RoleList({ roles, open, isOn, stateOf, markOf, last, onOpen, onSwitch }: Props) {
  const { t } = useTranslation('presets')
  const local = useLocal()
  const list = useRef<HTMLDivElement>(null)
  const parts: Part[] = [
    ...roles.map((role): Part => {
      const { tone, words } = stateOf(role)
      return { id: role.id, name: local(role.name), role, tone, facts: words, mark: markOf?.(role.id) ?? null }
    }),
    ...(last ? [{ id: last.id, name: last.name, role: null, tone: null, facts: last.facts, mark: null }] : []),
  ]
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: parts.length - 1 }[event.key]
    const next = to === undefined ? undefined : parts[(to + parts.length) % parts.length]
    if (!next) return
    event.preventDefault()
    onOpen(next.id)
    list.current?.querySelector<HTMLElement>(`#role-tab-${CSS.escape(next.id)}`)?.focus()
  }
  return (
    <div className={classes.list} ref={list}>
      <div
        role="tablist"
        aria-label={t('roles')}
        aria-orientation="vertical"
        aria-owns={parts.map(({ id }) => `role-tab-${id}`).join(' ')}
      />
      {parts.map(({ id, name, role, tone, facts, mark }, index) => (
        <div
          key={id}
          className={classes.part}
          data-open={id === open || undefined}
          data-off={tone === 'off' || undefined}
          data-last={role === null || undefined}
        >
          <div className={classes.top}>
            <button
              type="button"
              role="tab"
              id={`role-tab-${id}`}
              className={classes.tab}
              aria-selected={id === open}
              aria-controls="role-panel"
              aria-describedby={`role-facts-${id}`}
              tabIndex={id === open ? 0 : -1}
              onClick={() => onOpen(id)}
              onKeyDown={(event) => onKeyDown(event, index)}
            >
              {name}
            </button>
            {role?.switchable && (
              <Switch
                className={classes.switch}
                size="xs"
                aria-label={t('switch', { role: name })}
                checked={isOn(role)}
                onChange={(event) => onSwitch(role.id, event.currentTarget.checked)}
              />
            )}
            {!role?.switchable && <span className={classes.aside}>{role ? t('always') : last?.aside}</span>}
          </div>
          <div className={classes.facts} id={`role-facts-${id}`}>
            <span className={classes.state}>
              {tone && tone !== 'off' && <span className={classes.dot} data-tone={tone} aria-hidden />}
              <span className={classes.words}>{facts}</span>
            </span>
            {mark && <span className={classes.mark}>{mark}</span>}
          </div>
        </div>
      ))}
    </div>
  )
}

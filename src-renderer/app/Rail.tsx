import { Tooltip, UnstyledButton } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import {
  IconCommand,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconSettings,
  type Icon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { paletteKeys } from './palette-keys'
import { placeGroups } from './places'
import { useRail } from './use-rail'
import classes from './Rail.module.css'

interface LabelProps {
  Icon: Icon
  label: string
  collapsed: boolean
  hint?: string
}

function Label({ Icon, label, collapsed, hint }: LabelProps) {
  return (
    <>
      <Icon size={18} stroke={1.5} aria-hidden />
      <span className={classes.label} data-collapsed={collapsed}>
        {label}
      </span>
      {hint && !collapsed && (
        <kbd className={classes.hint} aria-hidden>
          {hint}
        </kbd>
      )}
    </>
  )
}

function Tip({ label, shown, children }: { label: string; shown: boolean; children: ReactNode }) {
  return (
    <Tooltip label={label} position="right" disabled={!shown}>
      <span>{children}</span>
    </Tooltip>
  )
}

/** The places of the app; can be folded to icons, which is remembered. */
export function Rail() {
  const { t } = useTranslation('frame')
  const [place] = useLocation()
  const { narrow, collapsed, change } = useRail()
  const FoldIcon = collapsed ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  const fold = t(collapsed ? 'rail.expand' : 'rail.collapse')

  const link = (to: string, label: string, Icon: Icon) => (
    <Tip key={to} label={label} shown={collapsed}>
      <Link
        href={to}
        className={classes.item}
        aria-current={place === to || place.startsWith(`${to}/`) ? 'page' : undefined}
      >
        <Label Icon={Icon} label={label} collapsed={collapsed} />
      </Link>
    </Tip>
  )

  return (
    <nav className={classes.rail} data-collapsed={collapsed} aria-label={t('rail.label')}>
      <div className={classes.top}>
        <span className={classes.brand} aria-hidden>
          <span className={classes.initial}>F</span>
          {!collapsed && 'abula'}
        </span>
        {!narrow && (
          <Tooltip label={fold} position="right">
            <UnstyledButton className={classes.fold} aria-label={fold} onClick={() => change(!collapsed)}>
              <FoldIcon size={18} stroke={1.5} aria-hidden />
            </UnstyledButton>
          </Tooltip>
        )}
      </div>
      <div className={classes.places}>
        {placeGroups.map((group) => (
          <div key={group[0].to} className={classes.group}>
            {group.map(({ to, name, Icon }) => link(to, t(`places.${name}`), Icon))}
          </div>
        ))}
      </div>
      <div className={classes.foot}>
        <Tip label={`${t('places.commands')} ${paletteKeys}`} shown={collapsed}>
          <UnstyledButton
            className={classes.item}
            onClick={() => spotlight.open()}
            aria-keyshortcuts="Control+K Meta+K"
          >
            <Label Icon={IconCommand} label={t('places.commands')} collapsed={collapsed} hint={paletteKeys} />
          </UnstyledButton>
        </Tip>
        {link('/settings', t('places.settings'), IconSettings)}
      </div>
    </nav>
  )
}

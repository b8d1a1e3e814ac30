import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './SettingsScreen.module.css'

export interface SettingRowProps {
  label: string
  /** Names the control for those who do not see the row: its `aria-labelledby`. */
  labelId?: string
  help?: string
  children: ReactNode
}

/** One setting: its name and help at the left, its control at the right. */
export function SettingRow({ label, labelId, help, children }: SettingRowProps) {
  return (
    <div className={classes.row}>
      <div>
        <Text id={labelId}>{label}</Text>
        {help && (
          <Text size="sm" c="dimmed">
            {help}
          </Text>
        )}
      </div>
      <div>{children}</div>
    </div>
  )
}

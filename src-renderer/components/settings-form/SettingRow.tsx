import type { ReactNode } from 'react'
import classes from './SettingRow.module.css'

interface Props {
  name: string
  /** What its numbers count: "tokens". */
  unit?: string
  /** Plain words under the name. */
  help?: ReactNode
  /** Names the row's `help` for `aria-describedby`. */
  helpId?: string
  /** Where the value comes from, at the right. */
  origin?: ReactNode
  /** Why what stands in the control was not kept. */
  problem?: string | null
  /** More to know about the value, under the control. */
  note?: ReactNode
  muted?: boolean
  children: ReactNode
}

/** One setting: its name and help, its control, and where its value comes from. */
export function SettingRow({ name, unit, help, helpId, origin, problem, note, muted = false, children }: Props) {
  return (
    <div
      className={classes.row}
      data-muted={muted || undefined}
      role="group"
      aria-label={name}
      aria-describedby={helpId}
    >
      <div className={classes.words}>
        <div className={classes.name}>
          {name}
          {unit && <span className={classes.unit}> · {unit}</span>}
        </div>
        {help && (
          <div className={classes.help} id={helpId}>
            {help}
          </div>
        )}
      </div>
      <div className={classes.control}>
        {children}
        <div aria-live="polite" className={classes.problem}>
          {problem}
        </div>
        {note}
      </div>
      <div className={classes.origin}>{origin}</div>
    </div>
  )
}

import { VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { HelpMark } from './HelpMark'
import classes from './SettingRow.module.css'

interface Props {
  name: string
  /** What its numbers count: "tokens". */
  unit?: string | undefined
  /** Plain words, behind a small mark. */
  help?: string | null | undefined
  /** Names the row's `help` for `aria-describedby`. */
  helpId?: string | undefined
  /** Where the value comes from, at the right. */
  origin?: ReactNode
  /** Why what stands in the control was not kept. */
  problem?: string | null | undefined
  /** More to know about the value, under the control. */
  note?: ReactNode
  muted?: boolean
  /** The control gets the room that the origin does not need. */
  wide?: boolean
  children: ReactNode
}

/** One setting in one line: its name, its control, and where its value comes from. */
export function SettingRow({ name, unit, help, helpId, origin, problem, note, children, ...look }: Props) {
  return (
    <div
      className={classes.row}
      data-muted={look.muted || undefined}
      data-wide={look.wide || undefined}
      role="group"
      aria-label={name}
      aria-describedby={help ? helpId : undefined}
    >
      <div className={classes.words}>
        <span className={classes.name}>{name}</span>
        {unit && <span className={classes.unit}> {unit}</span>}
        {help && (
          <>
            <HelpMark name={name} help={help} />
            <VisuallyHidden id={helpId}>{help}</VisuallyHidden>
          </>
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

import { IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './RoleHead.module.css'

interface Props {
  name: string
  /** One sentence on what the role does. */
  help: string
  /** What the writer should know about how it stands. */
  notes: readonly string[]
  children?: ReactNode
}

/** What stands above a role's settings: its name, its work, and what there is to know. */
export function RoleHead({ name, help, notes, children }: Props) {
  return (
    <header>
      <div className={classes.head}>
        <h3 className={classes.name}>{name}</h3>
        <p className={classes.help}>{help}</p>
      </div>
      {notes.map((note) => (
        <p key={note} className={classes.note}>
          <IconInfoCircle size={16} stroke={1.6} aria-hidden />
          {note}
        </p>
      ))}
      {children}
    </header>
  )
}

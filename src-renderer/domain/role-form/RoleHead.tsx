import { IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './RoleHead.module.css'

interface Props {
  name: string
  /** Of the heading: one below that of the page around it. */
  level: 2 | 3
  /** One sentence on what the role does. */
  help: string
  /** What the writer should know about how it stands. */
  notes: readonly string[]
  children?: ReactNode
}

/** What stands above a role's settings: its name, its work, and what there is to know. */
export function RoleHead({ name, level, help, notes, children }: Props) {
  const Name = `h${level}` as const
  return (
    <header>
      <div className={classes.head}>
        <Name className={classes.name}>{name}</Name>
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

import type { ReactNode } from 'react'
import classes from './EditorTitle.module.css'

interface Props {
  name: string
  /** What it is, in a line. */
  children?: ReactNode
}

/** The name of what the page is about, where the name is not edited in place. */
export function EditorTitle({ name, children }: Props) {
  return (
    <>
      <h2 className={classes.name}>{name}</h2>
      {children && <p className={classes.about}>{children}</p>}
    </>
  )
}

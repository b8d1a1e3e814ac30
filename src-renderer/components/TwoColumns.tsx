import type { ReactNode } from 'react'
import classes from './TwoColumns.module.css'

/** A list at the left and the page of one of its items at the right; the list above the page where it is narrow. */
export function TwoColumns({ list, children }: { list: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.body}>
      <div className={classes.columns}>
        {list}
        <div className={classes.page}>{children}</div>
      </div>
    </div>
  )
}

import type { ReactNode } from 'react'
import classes from './ScrollPage.module.css'

interface Props {
  /** It stands in the middle, as a page that is read; else it takes the whole width, as a table does. */
  centred?: boolean
  children: ReactNode
}

/** What stands below a PageHeader; it scrolls, and long lists in it are virtual (PageRows). */
export function ScrollPage({ centred = false, children }: Props) {
  return (
    <div className={classes.page} data-page-scroll>
      <div className={centred ? classes.centred : undefined}>{children}</div>
    </div>
  )
}

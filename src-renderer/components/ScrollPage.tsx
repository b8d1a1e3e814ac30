import type { ReactNode } from 'react'
import classes from './ScrollPage.module.css'

/** What stands below a PageHeader, as wide as it is read well; it scrolls, and long lists in it are virtual (PageRows). */
export function ScrollPage({ children }: { children: ReactNode }) {
  return (
    <div className={classes.page} data-page-scroll>
      <div className={classes.inner}>{children}</div>
    </div>
  )
}

import { Progress as Bar } from '@mantine/core'
import type { Progress } from './use-import-files'
import classes from './Files.module.css'

/** How far an import is that takes long. */
export function ImportProgress({ label, progress: { done, total } }: { label: string; progress: Progress }) {
  return (
    <div className={classes.progress}>
      <p className={classes.help}>{label}</p>
      <Bar value={total === 0 ? 0 : (done / total) * 100} aria-label={label} transitionDuration={0} />
    </div>
  )
}

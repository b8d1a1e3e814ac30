import classes from './StateDot.module.css'

/** Shows at a glance what the words beside it say. */
export function StateDot({ state }: { state: 'up' | 'trouble' | 'unknown' }) {
  return <span className={classes.dot} data-state={state} aria-hidden />
}

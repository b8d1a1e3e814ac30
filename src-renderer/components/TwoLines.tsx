import classes from './TwoLines.module.css'

interface Props {
  first: string
  second: string
  /** `failed`: what went wrong is told in the first, which takes both lines where there is no second; `quiet`: of no weight. */
  tone?: 'failed' | 'quiet' | undefined
}

/** A cell of a list: two lines, or one text over both, cut where the column ends; the whole text stands in the tip. */
export function TwoLines({ first, second, tone }: Props) {
  return (
    <span className={classes.cell}>
      <span className={classes.first} data-tone={tone} data-alone={second === '' || undefined} title={first}>
        {first}
      </span>
      {second !== '' && (
        <span className={classes.second} title={second}>
          {second}
        </span>
      )}
    </span>
  )
}

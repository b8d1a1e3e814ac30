import type { CSSProperties } from 'react'
import classes from './controls.module.css'

interface Props {
  label: string
  range: [number, number]
  step: number
  /** Undefined: not set, drawn hollow at `below`. */
  value: number | undefined
  below: number | undefined
  valueText: string
  disabled: boolean
  onChange: (value: number) => void
}

/** The browser's own range input, which brings its keyboard and its screen-reader support with it. */
export function RangeSlider({ label, range, step, value, below, valueText, disabled, onChange }: Props) {
  // Steps are counted from zero, so that 0.7 is on the grid of a range that begins at 0.01.
  const from = Math.floor(range[0] / step) * step
  const to = Math.ceil(range[1] / step) * step
  const at = Math.min(to, Math.max(from, value ?? below ?? from))
  const style: CSSProperties & { '--filled': string } = {
    '--filled': `${value === undefined ? 0 : ((at - from) / (to - from)) * 100}%`,
  }
  return (
    <input
      type="range"
      className={classes.slider}
      data-unset={value === undefined || undefined}
      aria-label={label}
      aria-valuetext={valueText}
      min={from}
      max={to}
      step={step}
      value={at}
      disabled={disabled}
      style={style}
      onChange={(event) => onChange(Math.min(range[1], Math.max(range[0], event.currentTarget.valueAsNumber)))}
    />
  )
}

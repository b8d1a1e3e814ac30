import { useMemo, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { clock } from './clock'
import { barsOf, pathOf } from './peaks'
import classes from './Player.module.css'

const BARS = 120
/** Milliseconds of a press of an arrow, and of a page key. */
const STEP = 5000
const LONG_STEP = 30_000

interface Props {
  label: string
  /** How loud it is, from 0 to 1, at equal steps; a line where that is not known. */
  peaks: readonly number[]
  /** Milliseconds. */
  time: number
  duration: number
  onSeek: (ms: number) => void
  onToggle: () => void
}

/** The sound as it swells and fades, and how much of it was heard; a press seeks there. */
export function Waveform({ label, peaks, time, duration, onSeek, onToggle }: Props) {
  const { t } = useTranslation('media')
  const path = useMemo(() => pathOf(barsOf(peaks, BARS)), [peaks])
  const heard = duration > 0 ? Math.min(1, time / duration) : 0
  const seekTo = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    if (width > 0) onSeek(((event.clientX - left) / width) * duration)
  }
  const press = (event: KeyboardEvent) => {
    const to: Partial<Record<string, number>> = {
      ArrowRight: time + STEP,
      ArrowUp: time + STEP,
      ArrowLeft: time - STEP,
      ArrowDown: time - STEP,
      PageUp: time + LONG_STEP,
      PageDown: time - LONG_STEP,
      Home: 0,
      End: duration,
    }
    const ms = to[event.key]
    if (ms === undefined && event.key !== ' ' && event.key !== 'Enter') return
    event.preventDefault()
    // The page has a meaning of its own for these keys.
    event.stopPropagation()
    if (ms === undefined) onToggle()
    else onSeek(Math.max(0, Math.min(duration, ms)))
  }
  const width: CSSProperties & Record<'--heard', string> = { '--heard': `${heard * 100}%` }
  return (
    <div
      className={classes.wave}
      style={width}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.round(duration / 1000)}
      aria-valuenow={Math.round(Math.min(time, duration) / 1000)}
      aria-valuetext={t('player.place', { time: clock(time), duration: clock(duration) })}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture?.(event.pointerId)
        seekTo(event)
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) seekTo(event)
      }}
    >
      {(['rest', 'heard'] as const).map((part) => (
        <svg key={part} className={classes[part]} viewBox={`0 0 ${BARS} 2`} preserveAspectRatio="none" aria-hidden>
          <path d={peaks.length > 0 ? path : `M0 .94h${BARS}v.12h-${BARS}z`} />
        </svg>
      ))}
    </div>
  )
}

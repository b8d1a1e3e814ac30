import { SegmentedControl, Title, VisuallyHidden } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@renderer/components/format'
import { useLanguage } from '@renderer/components/use-local'
import { roundUp, type Bar, type Bars } from './chart-bars'
import { ChartTable } from './ChartTable'
import classes from './UsageChart.module.css'

const measures = ['cost', 'tokens', 'calls'] as const
export type Measure = (typeof measures)[number]

const HEIGHT = 190
const LEFT = 56
const BOTTOM = 22
const TOP = 10
/** What the chart is as wide as until its place is measured. */
const USUAL_WIDTH = 860
/** Pixels from one date under the chart to the next, at least. */
const LABEL_ROOM = 86
const WIDEST_BAR = 36

/** Calls by day as bars. Whoever points at one reads its figures above; screen readers get a table. */
export function UsageChart({ unit, bars }: Bars) {
  const { t } = useTranslation('usage')
  const language = useLanguage()
  const format = useFormat()
  const [chosen, setChosen] = useState<Measure>('cost')
  const [pointed, setPointed] = useState<string | null>(null)
  const { ref, width: measured } = useElementSize()
  const width = measured || USUAL_WIDTH

  // Local models cost nothing: a scale of dollars without a bar on it would tell nothing.
  const told = measures.filter((each) => bars.some((bar) => bar[each] > 0))
  const measure = told.find((each) => each === chosen) ?? told[0] ?? 'calls'
  const amount = (bar: Bar) => bar[measure]
  const shown = (value: number) =>
    measure === 'cost' ? format.cost(value) : measure === 'tokens' ? format.tokens(value) : format.number(value)
  const dateFormat = new Intl.DateTimeFormat(
    language,
    unit === 'day' ? { day: 'numeric', month: 'short' } : { month: 'short', year: 'numeric' }
  )
  const name = ({ start }: Bar) => dateFormat.format(start)

  const top = roundUp(Math.max(...bars.map(amount)))
  const step = (width - LEFT) / bars.length
  const barWidth = Math.min(WIDEST_BAR, Math.max(2, step * 0.7))
  const scale = (value: number) => ((HEIGHT - TOP - BOTTOM) * value) / top
  const base = HEIGHT - BOTTOM
  const every = Math.ceil(LABEL_ROOM / step)
  const reads = bars.find(({ key }) => key === pointed)
  const [first, last] = [bars[0], bars.at(-1)]
  const span = first && last ? `${name(first)} – ${name(last)}` : ''
  return (
    <section className={classes.chart}>
      <div className={classes.head}>
        <Title order={2} className={classes.title}>
          {t(unit === 'day' ? 'chart.byDay' : 'chart.byMonth')}
        </Title>
        <span className={classes.read} aria-hidden>
          {reads
            ? [
                name(reads),
                measure === 'cost' ? format.cost(reads.cost) : null,
                measure === 'tokens' ? format.number(reads.tokens) : null,
                measure === 'calls' ? format.number(reads.calls) : null,
                measure === 'calls' && reads.failed > 0
                  ? t('chart.failedPart', { count: reads.failed, shown: format.number(reads.failed) })
                  : null,
              ]
                .filter((part) => part !== null)
                .join(' · ')
            : span}
        </span>
        <SegmentedControl
          size="xs"
          aria-label={t('chart.measure')}
          value={measure}
          onChange={setChosen}
          data={told.map((value) => ({ value, label: t(`chart.${value}`) }))}
        />
      </div>
      <div ref={ref}>
        <svg
          role="img"
          aria-label={t('chart.label', { measure: t(`chart.${measure}`), span })}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          width="100%"
          height={HEIGHT}
          onPointerLeave={() => setPointed(null)}
        >
          {[0, top / 2, top].map((value) => (
            <g key={value}>
              <line x1={LEFT} x2={width} y1={base - scale(value)} y2={base - scale(value)} className={classes.grid} />
              <text x={LEFT - 8} y={base - scale(value) + 4} textAnchor="end" className={classes.tick}>
                {shown(value)}
              </text>
            </g>
          ))}
          {bars.map((bar, at) => {
            const middle = LEFT + step * (at + 0.5)
            const height = scale(amount(bar))
            const failed = measure === 'calls' ? scale(bar.failed) : 0
            return (
              <g key={bar.key} onPointerEnter={() => setPointed(bar.key)}>
                <rect x={middle - step / 2} y={0} width={step} height={HEIGHT} fill="transparent" />
                <rect
                  x={middle - barWidth / 2}
                  y={base - height}
                  width={barWidth}
                  height={height}
                  rx={Math.min(2, height / 2)}
                  className={classes.bar}
                  data-pointed={bar.key === pointed || undefined}
                />
                {failed > 0 && (
                  <rect
                    x={middle - barWidth / 2}
                    y={base - failed}
                    width={barWidth}
                    height={failed}
                    className={classes.failed}
                  />
                )}
                {(bars.length - 1 - at) % every === 0 && middle - LABEL_ROOM / 3 > 0 && (
                  <text x={Math.min(middle, width - 24)} y={HEIGHT - 5} textAnchor="middle" className={classes.tick}>
                    {name(bar)}
                  </text>
                )}
              </g>
            )
          })}
        </svg>
      </div>
      <VisuallyHidden>
        <ChartTable bars={bars} name={name} caption={t(unit === 'day' ? 'chart.byDay' : 'chart.byMonth')} />
      </VisuallyHidden>
    </section>
  )
}

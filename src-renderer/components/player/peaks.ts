/** The least that a bar is high, of the whole: silence is seen too. */
const LEAST = 0.06

/** So many bars for peaks of any number: each as high as the loudest that falls into it. */
export function barsOf(peaks: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * peaks.length) / count)
    const to = Math.max(from + 1, Math.floor(((index + 1) * peaks.length) / count))
    return Math.max(LEAST, ...peaks.slice(from, to))
  })
}

/** The bars as one path, in a box of `bars.length` by 2, about its middle line. */
export const pathOf = (bars: readonly number[]): string =>
  bars.map((height, index) => `M${index + 0.2} ${1 - height}h.6v${2 * height}h-.6z`).join('')

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(path.resolve('src-renderer/app/theme.css'), 'utf8')
const colours = new Map(
  [...css.matchAll(/--fab-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [
    name ?? '',
    { light: light ?? '', dark: dark ?? '' },
  ])
)

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** WCAG 2 contrast ratio, 1 to 21. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  const colour = (name: string) => colours.get(name)?.[scheme] ?? ''

  test('every text colour reaches 4.5 : 1 on every ground it is used on', () => {
    const tooWeak = ['ink', 'soft', 'rubric', 'ok', 'warning'].flatMap((text) =>
      ['paper', 'sheet', 'rail', 'hover', 'over']
        .map((ground) => `${text} on ${ground}: ${contrast(colour(text), colour(ground)).toFixed(2)}`)
        .filter((line) => Number(line.split(': ')[1]) < 4.5)
    )
    expect(tooWeak).toEqual([])
  })

  test('text on what is raised, on rubric and on its tint can be read', () => {
    expect(contrast(colour('ink'), colour('raised'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colour('on-rubric'), colour('rubric'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colour('on-rubric'), colour('rubric-hover'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colour('ink'), colour('rubric-tint'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colour('soft'), colour('rubric-tint'))).toBeGreaterThanOrEqual(4.5)
  })
})

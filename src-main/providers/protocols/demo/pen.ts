import type { DemoParameters } from './demo-parameters'
import type { Random } from './seeded-random'
import { anchorOf, realisations, render, spaced, type Slots } from './template'

/** Writes texts from templates: chooses like a sampler, and avoids what the story has already said. */
export interface Pen {
  /** One of the items; the colder the temperature, the nearer to the first. */
  pick<T>(items: readonly T[]): T | undefined
  /** One of the templates as text, of those not used before as long as there are any. Empty when there are none. */
  write(templates: readonly string[], slots?: Slots): string
  /** Those that the story has not used. */
  unused(templates: readonly string[]): string[]
}

/** How quickly the later items become unlikely: at temperature 1 the last has 1/e of the first one's weight. */
const STEEPNESS = 1

const weigh = (count: number, temperature: number, topP: number): number[] => {
  const weights = Array.from({ length: count }, (_, index) => Math.exp((-index * STEEPNESS) / (count * temperature)))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let before = 0
  return weights.map((weight) => {
    const kept = before < topP * total ? weight : 0
    before += weight
    return kept
  })
}

export const createPen = (
  { temperature, topP }: Pick<DemoParameters, 'temperature' | 'topP'>,
  random: Random,
  told: string
): Pen => {
  let story = spaced(told)

  const pick = <T>(items: readonly T[]): T | undefined => {
    if (temperature < 0.01) return items[0]
    const weights = weigh(items.length, temperature, topP)
    let rest = random() * weights.reduce((sum, weight) => sum + weight, 0)
    return (
      items.find((_, index) => {
        rest -= weights[index] ?? 0
        return rest < 0
      }) ?? items[0]
    )
  }

  const unused = (templates: readonly string[]) => templates.filter((template) => !story.includes(anchorOf(template)))

  const write = (templates: readonly string[], slots: Slots = {}): string => {
    const fresh = unused(templates)
    const again = () => {
      const all = templates.flatMap((template) => realisations(template, slots))
      const unsaid = all.filter((text) => !story.includes(spaced(text)))
      return pick(unsaid) ?? pick(all) ?? ''
    }
    const template = pick(fresh)
    const text = template === undefined ? again() : render(template, slots, (options) => pick(options) ?? '')
    story = `${story} ${spaced(text)}`
    return text
  }

  return { pick, write, unused }
}

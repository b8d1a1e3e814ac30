import { nameKey } from '@contract/names'
import { PRESET } from './canonical-name'

/** As many as are worth reading in a message. */
const MOST = 3

/**
 * Of the names of models, those that somebody may have meant who wrote another one: the same but for its punctuation, the
 * same model elsewhere, or a few letters away. The nearest first.
 */
export function nearNames(written: string, names: readonly string[]): string[] {
  const wanted = lettersOf(written)
  const model = lettersOf(modelPart(written))
  return names
    .map((name) => ({
      name,
      far: Math.min(distance(wanted, lettersOf(name)), distance(model, lettersOf(modelPart(name)))),
    }))
    .filter(({ far }) => far < Infinity)
    .toSorted((one, other) => one.far - other.far)
    .slice(0, MOST)
    .map(({ name }) => name)
}

const lettersOf = (name: string) => nameKey(name).replaceAll(/[^\p{L}\p{N}]/gu, '')

/** Roles are called the same in all presets. */
const modelPart = (name: string) => (nameKey(name).startsWith(PRESET) ? '' : name.slice(name.lastIndexOf('/') + 1))

/** Letters to change, add or leave out on the way from one text to the other; endless where that is more than a slip. */
function distance(one: string, other: string): number {
  const [letters, goal] = [Array.from(one), Array.from(other)]
  const most = Math.floor(Math.max(letters.length, goal.length) / 4)
  if (letters.length * goal.length === 0 || Math.abs(letters.length - goal.length) > most) return Infinity
  // The way from each beginning of the one to each beginning of the other.
  let row = [0, ...goal.map((_, index) => index + 1)]
  for (const [index, letter] of letters.entries()) {
    const next = [index + 1]
    for (const [at, there] of goal.entries()) {
      const [changed = 0, left = 0, added = 0] = [row[at], row[at + 1], next[at]]
      next.push(Math.min(changed + (letter === there ? 0 : 1), left + 1, added + 1))
    }
    row = next
  }
  const far = row.at(-1) ?? 0
  return far > most ? Infinity : far
}

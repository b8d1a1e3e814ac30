import { levelsOf, silenceLevel, type Mono } from './sound'
import type { Piece, Unit } from './pieces'

/** When a unit is heard in its piece. Milliseconds. */
export interface UnitTime {
  unit: Unit
  startMs: number
  endMs: number
}

const WINDOW_MS = 10
/** A rest between two words is shorter than one between sentences. Milliseconds. */
const SHORTEST_REST = 60
/** How many milliseconds nearer a rest may seem for each millisecond that it is longer. */
const LENGTH_COUNTS = 1.5
/** What it costs where no rest can be found: as much as a rest that is so many milliseconds away. */
const WITHOUT_REST = 2_500
/** Characters that a mark at the end of a sentence takes to speak. */
const END_WEIGHT = 4

/**
 * When each unit of a piece is heard. One alone takes it all; several are told apart by the rests between them: of all ways
 * to put the ends into rests, the one that is nearest to what the lengths of the units let expect.
 */
export function timesIn(text: string, { units }: Pick<Piece, 'units'>, sound: Mono): UnitTime[] {
  const lengthMs = (sound.samples.length / sound.sampleRate) * 1_000
  const weights = units.map(({ from, to }) => text.slice(from, to).replaceAll(/\s+/gu, ' ').length + END_WEIGHT)
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  const expected = weights.slice(0, -1).map((weight) => ((sum += weight) / all) * lengthMs)
  const ends = units.length < 2 ? [] : nearestRests(expected, restsIn(sound))
  return units.map((unit, index) => ({
    unit,
    startMs: Math.round(ends[index - 1]?.to ?? 0),
    endMs: Math.round(ends[index]?.from ?? lengthMs),
  }))
}

interface Rest {
  from: number
  to: number
}

/** Where nothing is heard for a while. Milliseconds. */
function restsIn({ samples, sampleRate }: Mono): Rest[] {
  const size = Math.max(1, Math.round((WINDOW_MS / 1_000) * sampleRate))
  const levels = levelsOf(samples, size)
  // Breath and the noise of a room are louder than nothing.
  const level = silenceLevel(levels) * 1.6
  const rests: Rest[] = []
  let from: number | null = null
  for (const [at, loudness] of levels.entries()) {
    if (loudness <= level) from ??= at
    else if (from !== null) {
      rests.push({ from: from * WINDOW_MS, to: at * WINDOW_MS })
      from = null
    }
  }
  // One at the beginning is before everything.
  return rests.filter((rest) => rest.from > 0 && rest.to - rest.from >= SHORTEST_REST)
}

/** For each expected end a rest or the end itself, in order, so that the whole costs least. */
function nearestRests(expected: readonly number[], rests: readonly Rest[]): Rest[] {
  const cost = (end: number, { from, to }: Rest) => Math.abs((from + to) / 2 - end) - (to - from) * LENGTH_COUNTS
  /** Cheapest ways to place the ends so far, by how many rests are used up; `chosen` is a list from the last back. */
  interface Way {
    cost: number
    chosen: { rest: Rest; before: Way['chosen'] } | null
  }
  let ways: (Way | null)[] = [{ cost: 0, chosen: null }, ...rests.map(() => null)]
  for (const end of expected) {
    const next: (Way | null)[] = ways.map((way) =>
      // Without a rest: only the order with those around it must hold.
      way && (way.chosen?.rest.to ?? 0) <= end
        ? { cost: way.cost + WITHOUT_REST, chosen: { rest: { from: end, to: end }, before: way.chosen } }
        : null
    )
    let best: Way | null = null
    for (const [index, rest] of rests.entries()) {
      const way = ways[index] ?? null
      if (way && (!best || way.cost < best.cost)) best = way
      if (!best || (best.chosen?.rest.to ?? 0) > rest.from) continue
      const taken = { cost: best.cost + cost(end, rest), chosen: { rest, before: best.chosen } }
      const there = next[index + 1]
      if (!there || taken.cost < there.cost) next[index + 1] = taken
    }
    ways = next
  }
  const found = ways.reduce((best, way) => (way && (!best || way.cost < best.cost) ? way : best), null)
  if (!found) return expected.map((end) => ({ from: end, to: end }))
  const chosen: Rest[] = []
  for (let link = found.chosen; link; link = link.before) chosen.push(link.rest)
  return chosen.toReversed()
}

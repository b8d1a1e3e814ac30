/** A vector as it is kept: each number as one of 255 steps. About 0.2 % of its length is lost. */
export interface Packed {
  /** The length of a step. */
  scale: number
  body: Int8Array
}

/** A vector of length 1 in the direction of `vector`, packed; null where it has no direction. */
export function pack(vector: readonly number[]): Packed | null {
  let most = 0
  let squares = 0
  for (const value of vector) {
    most = Math.max(most, Math.abs(value))
    squares += value * value
  }
  const length = Math.sqrt(squares)
  if (!(length > 0 && Number.isFinite(length))) return null
  const body = Int8Array.from(vector, (value) => Math.round((value / most) * 127))
  return { scale: most / 127 / length, body }
}

export interface Near {
  /** The key that the vector was added under. */
  key: number
  /** The cosine of the angle to what was looked for. */
  score: number
}

/** Sets that are smaller are compared number by number, in a few milliseconds. */
const SMALL = 4000
/** The middle of a set of this size is not measured again: it moves little, and all bits would have to be made anew. */
const SETTLED = 16_000
/** For each result that is asked for, a large set compares this many vectors number by number. Measured: docs/decisions/memory.md */
const CANDIDATES_PER_RESULT = 40
const LEAST_CANDIDATES = 1600

/**
 * Finds the nearest of many vectors of one dimension. Of each it keeps one bit a number, on which side of the set's middle
 * it lies: the bits are compared first, and only the vectors that are near by them are compared number by number.
 */
export class VectorSet {
  readonly dimensions: number
  /** Whole 32-bit words of a vector's bits. */
  readonly #words: number
  #size = 0
  /** When the middle was last measured. */
  #sizeAtMiddle = 0
  #middle: Float32Array
  #keys = new Int32Array(0)
  #groups = new Int32Array(0)
  #scales = new Float32Array(0)
  #bodies = new Int8Array(0)
  #bits = new Uint32Array(0)
  readonly #rows = new Map<number, number>()

  constructor(dimensions: number) {
    this.dimensions = dimensions
    this.#words = Math.ceil(dimensions / 32)
    this.#middle = new Float32Array(dimensions)
  }

  get size(): number {
    return this.#size
  }

  /** Bytes that it takes. */
  get bytes(): number {
    return [this.#keys, this.#groups, this.#scales, this.#bodies, this.#bits].reduce(
      (sum, one) => sum + one.byteLength,
      0
    )
  }

  /** Makes room for this many vectors in one step, instead of growing with each. */
  reserve(count: number): void {
    if (count <= this.#keys.length) return
    const grown = <List extends { set(from: List): void }>(from: List, to: List): List => {
      to.set(from)
      return to
    }
    this.#keys = grown(this.#keys, new Int32Array(count))
    this.#groups = grown(this.#groups, new Int32Array(count))
    this.#scales = grown(this.#scales, new Float32Array(count))
    this.#bodies = grown(this.#bodies, new Int8Array(count * this.dimensions))
    this.#bits = grown(this.#bits, new Uint32Array(count * this.#words))
  }

  /** Whether a set of so many is compared by bits. */
  isLarge(size: number): boolean {
    return size > SMALL
  }

  /** Takes the middle from some of the vectors that are to be added, for a set of about `size`: before the first of them. */
  setMiddle(sample: readonly Packed[], size: number): void {
    const middle = new Float32Array(this.dimensions)
    for (const { scale, body } of sample)
      for (let at = 0; at < this.dimensions; at += 1) middle[at] = (middle[at] ?? 0) + (body[at] ?? 0) * scale
    this.#middle = middle.map((sum) => sum / Math.max(1, sample.length))
    this.#sizeAtMiddle = size
  }

  /** Adds a vector of the set's dimensions under a key that is not in it. `group` is what `nearest` asks about. */
  add(key: number, group: number, { scale, body }: Packed): void {
    const row = this.#size
    if (row === this.#keys.length) this.reserve(Math.max(256, row * 2))
    this.#keys[row] = key
    this.#groups[row] = group
    this.#scales[row] = scale
    this.#bodies.set(body, row * this.dimensions)
    this.#rows.set(key, row)
    this.#size += 1
    this.#setBits(row)
  }

  remove(key: number): void {
    const row = this.#rows.get(key)
    if (row === undefined) return
    this.#rows.delete(key)
    const last = this.#size - 1
    this.#size = last
    if (row === last) return
    const moved = this.#keys[last] ?? 0
    this.#keys[row] = moved
    this.#groups[row] = this.#groups[last] ?? 0
    this.#scales[row] = this.#scales[last] ?? 0
    this.#bodies.copyWithin(row * this.dimensions, last * this.dimensions, (last + 1) * this.dimensions)
    this.#bits.copyWithin(row * this.#words, last * this.#words, (last + 1) * this.#words)
    this.#rows.set(moved, row)
  }

  /** The nearest to a vector of any length, nearest first, of the groups that fit. */
  nearest(vector: readonly number[], fits: (group: number) => boolean, limit: number): Near[] {
    const length = Math.hypot(...vector)
    if (!(length > 0) || vector.length !== this.dimensions || limit < 1) return []
    const goal = Float32Array.from(vector, (value) => value / length)
    for (let count = Math.max(LEAST_CANDIDATES, limit * CANDIDATES_PER_RESULT); ; count *= 4) {
      const isAll = this.#size <= SMALL || count >= this.#size
      const found = this.#best(goal, isAll ? this.#allRows() : this.#nearRows(goal, count), fits, limit)
      // Where few fit, they lie further away than the candidates.
      if (isAll || found.length >= limit) return found
    }
  }

  #best(goal: Float32Array, rows: number[], fits: (group: number) => boolean, limit: number): Near[] {
    const ranked = rows
      .map((row) => ({ row, key: this.#keys[row] ?? 0, score: this.#cosine(goal, row) }))
      .toSorted((a, b) => b.score - a.score || b.key - a.key)
    const found: Near[] = []
    for (const { row, key, score } of ranked) {
      if (found.length >= limit) break
      if (fits(this.#groups[row] ?? 0)) found.push({ key, score })
    }
    return found
  }

  #allRows = (): number[] => Array.from({ length: this.#size }, (_, row) => row)

  /** The `count` rows, or a few more, whose bits differ least from those of `goal`. */
  #nearRows(goal: Float32Array, candidates: number): number[] {
    if (this.#size > this.#sizeAtMiddle * 2 && this.#sizeAtMiddle < SETTLED) this.#measureMiddle()
    const words = this.#words
    const bits = this.#bits
    const wanted = this.#bitsOf(goal, 0)
    const distances = new Uint16Array(this.#size)
    const counts = new Uint32Array(this.dimensions + 1)
    for (let row = 0, at = 0; row < this.#size; row += 1) {
      let distance = 0
      for (let word = 0; word < words; word += 1, at += 1) {
        // The number of ones in a word, by Warren, "Hacker's Delight", 5-1.
        let ones = (bits[at] ?? 0) ^ (wanted[word] ?? 0)
        ones -= (ones >>> 1) & 0x55555555
        ones = (ones & 0x33333333) + ((ones >>> 2) & 0x33333333)
        distance += Math.imul((ones + (ones >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
      }
      distances[row] = distance
      counts[distance] = (counts[distance] ?? 0) + 1
    }
    let most = 0
    for (let sum = 0; most <= this.dimensions && sum < candidates; most += 1) sum += counts[most] ?? 0
    const rows: number[] = []
    for (let row = 0; row < this.#size; row += 1) if ((distances[row] ?? 0) < most) rows.push(row)
    return rows
  }

  #cosine(goal: Float32Array, row: number): number {
    const bodies = this.#bodies
    const from = row * this.dimensions
    let sum = 0
    for (let at = 0; at < this.dimensions; at += 1) sum += (goal[at] ?? 0) * (bodies[from + at] ?? 0)
    return sum * (this.#scales[row] ?? 0)
  }

  /** A model's vectors do not lie around zero: bits tell them apart best where the middle of the set divides them. */
  #measureMiddle(): void {
    const step = Math.max(1, Math.floor(this.#size / 2000))
    const sample: Packed[] = []
    for (let row = 0; row < this.#size; row += step) {
      const from = row * this.dimensions
      sample.push({ scale: this.#scales[row] ?? 0, body: this.#bodies.subarray(from, from + this.dimensions) })
    }
    this.setMiddle(sample, this.#size)
    for (let row = 0; row < this.#size; row += 1) this.#setBits(row)
  }

  #setBits(row: number): void {
    // Small sets are compared without them, and all get theirs when the middle is measured.
    if (this.#sizeAtMiddle === 0) return
    const from = row * this.dimensions
    const body = this.#bodies.subarray(from, from + this.dimensions)
    this.#bits.set(this.#bitsOf(body, this.#scales[row] ?? 0), row * this.#words)
  }

  /** The side of the middle on which each number lies; `scale` 0 for numbers that are not packed. */
  #bitsOf(vector: Float32Array | Int8Array, scale: number): Uint32Array {
    const bits = new Uint32Array(this.#words)
    const factor = scale === 0 ? 1 : scale
    for (let at = 0; at < this.dimensions; at += 1)
      if ((vector[at] ?? 0) * factor > (this.#middle[at] ?? 0))
        bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31))
    return bits
  }
}

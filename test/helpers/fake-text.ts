import { z } from 'zod'

/** What fake models write when the test does not say: Unicode that a careless reader of bytes would break. */
export const FAKE_STORY = ['Once upon a time', ', in a house by the sea', ', жил старый маяк', ' 🌊', '.']

/** A vector that is the same for the same text, of `dimensions` numbers from 0 to 1. */
export function fakeVector(text: string, dimensions: number): number[] {
  const vector = Array.from({ length: dimensions }, () => 0)
  for (const [at, sign] of Array.from(text).entries()) {
    const place = at % dimensions
    vector[place] = ((vector[place] ?? 0) * 31 + (sign.codePointAt(0) ?? 0)) % 1000
  }
  return vector.map((value) => value / 1000)
}

/** The texts of an embedding request, which may be one or several. */
export const textsOf = (input: unknown): string[] =>
  z.union([z.string().transform((one) => [one]), z.array(z.string())]).parse(input)

import { endsSentence } from './conversation'

/** A piece shorter than this shares its line with a neighbour of the same sentence. Characters. */
const SHORTEST_LINE = 14

const joinShort = (lines: string[], piece: string): string[] => {
  const last = lines.at(-1)
  const apart = last === undefined || endsSentence(last)
  if (apart || (last.length >= SHORTEST_LINE && piece.length >= SHORTEST_LINE)) return [...lines, piece]
  return [...lines.slice(0, -1), `${last} ${piece}`]
}

/** Sets prose as free verse: a stanza for each paragraph, a line for each breath. */
export const asVerse = (paragraphs: readonly string[]): string =>
  paragraphs
    .map((paragraph) =>
      paragraph
        .split(/(?<=[,;:.!?…—]["”»]?)\s+(?!—)/)
        .reduce(joinShort, [])
        .join('\n')
    )
    .join('\n\n')

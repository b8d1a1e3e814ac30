/** A block of code, with or without its end. */
const FENCE = /^[ \t]*(?<fence>`{3,}|~{3,})[^\n]*\n(?<body>[^]*?)(?:^[ \t]*\k<fence>[`~]*[ \t]*$|$(?![^]))/gmu

/** What stands in the blocks of code (three backticks or tildes) of an answer, and where; the end of one may be missing. */
export function fencedIn(answer: string): { body: string; from: number }[] {
  return Array.from(answer.matchAll(FENCE), ({ 0: whole, index, groups }) => {
    const body = groups?.['body'] ?? ''
    return { body, from: index + whole.indexOf('\n') + 1 }
  })
}

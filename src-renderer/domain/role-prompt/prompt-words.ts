/** As much of a text as stands in one line. */
export function beginningOf(text: string, length = 60): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= length ? line : `${line.slice(0, length).trimEnd()}…`
}

/** The first lines in which a text differs from another one, and where they are, from 1. */
export function differenceOf(text: string, other: string, length = 220): { line: number; words: string } {
  const [lines, others] = [text.split('\n'), other.split('\n')]
  const differs = lines.findIndex((line, index) => line !== others[index])
  const first = differs < 0 ? Math.max(0, lines.length - 1) : differs
  const rest = lines.slice(first).join('\n').trim()
  return { line: first + 1, words: rest.length <= length ? rest : `${rest.slice(0, length).trimEnd()}…` }
}

import type { TemplateProblem, TemplateProblemKind } from '@contract/entities/template-text'

/** How the engine begins to say what is wrong, and what that is. */
const kinds: readonly [begins: RegExp, kind: TemplateProblemKind][] = [
  [/^syntax error/, 'syntax'],
  [/^undefined value/, 'undefined'],
  [/^unknown filter/, 'unknown_filter'],
  [/^unknown test/, 'unknown_test'],
  [/^unknown function/, 'unknown_function'],
  [/^unknown method/, 'unknown_method'],
  [/^template not found/, 'no_files'],
  [/^(engine ran out of fuel|invalid operation: recursion limit)/, 'too_costly'],
]

/** `(in <template>:3)` at the end of the first line. */
const PLACE = /\s*\(in [^()]*:(\d+)\)$/
/** The marks under the words that are meant, behind the number of the line. */
const MARKS = /^ {5}i ( *)(\^+)/m

/**
 * What the engine says of a mistake, as a problem with its place. The column is only said by the marks that the engine
 * draws under the line, in characters.
 */
export function problemFrom(said: string, source: string): TemplateProblem {
  const [first = ''] = said.split('\n')
  const line = Number(PLACE.exec(first)?.[1] ?? 1)
  const message = first.replace(PLACE, '')
  const kind = kinds.find(([begins]) => begins.test(message))?.[1] ?? 'failed'
  const characters = Array.from(source.split(/\r?\n/)[line - 1] ?? '')
  const [, before, marked] = MARKS.exec(said) ?? []
  const start = Math.min(before?.length ?? 0, characters.length)
  const words = characters.slice(start, start + (marked?.length ?? 0)).join('')
  return {
    kind,
    fatal: true,
    line: Math.max(1, line),
    column: characters.slice(0, start).join('').length + 1,
    length: words.length,
    name: nameIn(kind, message, words),
    message,
  }
}

function nameIn(kind: TemplateProblemKind, message: string, words: string): string | null {
  const said = /(?:named|filter|test|function:) (\S+?)(?: is unknown)?$/.exec(message)?.[1]
  if (kind === 'undefined') return words === '' ? null : words
  return kind.startsWith('unknown_') ? (said ?? null) : null
}

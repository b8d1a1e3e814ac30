import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete'
import { templateFilters, templateFunctions, templateStatements, templateTests } from '@contract/template-language'

/** A name that the writer of a template can use, with a sentence on what it is. */
export interface OfferedName {
  name: string
  help: string
}

const plain = (names: readonly string[], type: string): Completion[] => names.map((label) => ({ label, type }))

const filters = plain(templateFilters, 'function')
const tests = plain(templateTests, 'keyword')
const functions = plain(templateFunctions, 'function')
const statements = plain(
  Object.entries(templateStatements).flatMap(([name, end]) => (end === null ? [name] : [name, end])),
  'keyword'
)

/** Lines above the cursor in which the beginning of its tag is looked for. */
const LOOKED_AT = 20

/** What can stand at the cursor: variables in a tag, filters behind `|`, tests behind `is`, statements behind `{%`. */
export function jinjaCompletion(names: readonly OfferedName[]): CompletionSource {
  const variables = names.map(({ name, help }, place): Completion => ({
    label: name,
    type: 'variable',
    info: help,
    boost: 50 - place,
  }))
  return ({ state, pos }: CompletionContext): CompletionResult | null => {
    const first = state.doc.line(Math.max(1, state.doc.lineAt(pos).number - LOOKED_AT))
    const before = state.sliceDoc(first.from, pos)
    const opened = Math.max(before.lastIndexOf('{{'), before.lastIndexOf('{%'))
    if (opened < 0 || /\}\}|%\}/.test(before.slice(opened))) return null
    const tag = before.slice(opened)
    const typed = /[\p{L}_][\p{L}\p{N}_.]*$/u.exec(tag)?.[0] ?? ''
    const ahead = tag.slice(0, tag.length - typed.length)
    // Inside of a text in quotes nothing is a name.
    if ((ahead.match(/"/g)?.length ?? 0) % 2 === 1 || (ahead.match(/'/g)?.length ?? 0) % 2 === 1) return null
    const result = (options: Completion[]): CompletionResult => ({
      from: pos - typed.length,
      options,
      validFor: /^[\p{L}_][\p{L}\p{N}_.]*$/u,
    })
    if (/\|\s*$/.test(ahead)) return result(filters)
    if (/\bis(?:\s+not)?\s+$/.test(ahead)) return result(tests)
    if (/^\{%[-+]?\s*$/.test(ahead)) return result(statements)
    // Behind a name that is whole, a sign must come before the next one.
    if (typed === '' && /[\p{L}\p{N}_)\]"']\s*$/u.test(ahead.replace(/^\{%[-+]?\s*(?:if|elif)\s+$/, ''))) return null
    return result([...variables, ...functions])
  }
}

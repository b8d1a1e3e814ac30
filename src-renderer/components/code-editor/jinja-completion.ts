import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete'
import { codeOf, type Token } from '@contract/jinja/scan'
import {
  templateFilters,
  templateFunctions,
  templateStatements,
  templateTests,
  templateWords,
} from '@contract/template-language'

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

const words = new Set<string>(templateWords)

/** Lines above the cursor in which the beginning of its tag is looked for. */
const LOOKED_AT = 20
const NAME = /[\p{L}_][\p{L}\p{N}_.]*$/u

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
    const tag = codeOf(before).at(-1)
    if (!tag || tag.isClosed) return null
    // A quote that nothing closes: inside of a text nothing is a name.
    if (tag.tokens.some(({ kind, text }) => kind === 'sign' && (text === '"' || text === "'"))) return null
    const typed = NAME.exec(before)?.[0] ?? ''
    const ahead = tag.tokens.filter(({ at }) => at < before.length - typed.length)
    const last = ahead.at(-1)
    const result = (options: Completion[]): CompletionResult => ({
      from: pos - typed.length,
      options,
      validFor: /^[\p{L}_][\p{L}\p{N}_.]*$/u,
    })
    if (last === undefined && tag.kind === 'statement') return result(statements)
    if (last?.text === '|') return result(filters)
    if (last?.text === 'is' || (last?.text === 'not' && ahead.at(-2)?.text === 'is')) return result(tests)
    // Behind a name that is whole, a sign must come before the next one.
    const isStatement = tag.kind === 'statement' && ahead.length === 1
    if (typed === '' && last && endsValue(last) && !isStatement) return null
    return result([...variables, ...functions])
  }
}

const endsValue = ({ kind, text }: Token) =>
  kind === 'sign' ? [')', ']', '}'].includes(text) : kind !== 'name' || !words.has(text)

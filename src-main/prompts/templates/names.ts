import { codeOf, type CodeBlock, type Token } from './scan'

/** A name that a template uses. */
export interface UsedName {
  /** With the parts behind its dots: `story.title`. */
  path: string
  /** The first part. */
  root: string
  at: number
  /** What stands directly before and behind it in the code; empty at an end. */
  before: string
  behind: string
}

export interface NamesInTemplate {
  variables: UsedName[]
  filters: UsedName[]
  tests: UsedName[]
  /** Names that the template gives itself: by `set`, `for`, `macro`, `with`. */
  own: ReadonlySet<string>
  /** Statements that ask for other templates. */
  files: UsedName[]
}

const OPERATORS = new Set([
  'and',
  'or',
  'not',
  'in',
  'is',
  'if',
  'else',
  'true',
  'false',
  'none',
  'True',
  'False',
  'None',
])
const FILES = new Set(['include', 'import', 'from', 'extends'])

/**
 * The names in a template, found in its code without running it. A name that the template gives itself anywhere counts as
 * its own everywhere: what is wrong in an order of statements is said when it runs.
 */
export function namesIn(source: string): NamesInTemplate {
  const found = { variables: [], filters: [], tests: [], files: [] } satisfies Omit<NamesInTemplate, 'own'>
  const names: NamesInTemplate & { own: Set<string> } = { ...found, own: new Set(['loop', 'caller', 'self']) }
  for (const block of codeOf(source)) readBlock(block, names)
  return names
}

function readBlock({ kind, tokens }: CodeBlock, names: NamesInTemplate & { own: Set<string> }): void {
  if (kind === 'expression') return readExpression(tokens, names)
  const [word, ...rest] = tokens
  if (!word) return
  const bind = (list: readonly Token[]) => {
    for (const [index, token] of list.entries())
      if (token.kind === 'name' && list[index - 1]?.text !== '.') names.own.add(token.text)
  }
  if (FILES.has(word.text)) {
    names.files.push({ path: word.text, root: word.text, at: word.at, before: '', behind: '' })
    return bind(rest.filter((token) => !OPERATORS.has(token.text)))
  }
  switch (word.text) {
    case 'set': {
      const equals = rest.findIndex(({ text }) => text === '=')
      bind(equals < 0 ? rest.slice(0, 1) : rest.slice(0, equals))
      return readExpression(equals < 0 ? rest.slice(1) : rest.slice(equals + 1), names)
    }
    case 'for': {
      const within = rest.findIndex(({ text }) => text === 'in')
      bind(rest.slice(0, Math.max(0, within)))
      return readExpression(
        rest.slice(Math.max(0, within)).filter(({ text }) => text !== 'recursive'),
        names
      )
    }
    case 'macro':
      bind(rest.slice(0, 1))
      return readParameters(rest.slice(1), names, bind)
    case 'call':
      if (rest[0]?.text !== '(') return readExpression(rest, names)
      return readParameters(rest, names, bind)
    case 'with':
      for (const [index, token] of rest.entries()) if (rest[index + 1]?.text === '=') bind([token])
      return readExpression(rest, names)
    case 'block':
      return
    case 'filter':
      return readExpression([{ kind: 'sign', text: '|', at: word.at }, ...rest], names)
    default:
      return word.text.startsWith('end') ? undefined : readExpression(rest, names)
  }
}

/** `(a, b=c)` of a macro, and what stands behind it. */
function readParameters(
  tokens: readonly Token[],
  names: NamesInTemplate & { own: Set<string> },
  bind: (list: readonly Token[]) => void
): void {
  const end = tokens.findIndex(({ text }) => text === ')')
  const parameters = tokens.slice(0, end < 0 ? tokens.length : end)
  bind(parameters.filter((_, index) => ['(', ','].includes(parameters[index - 1]?.text ?? '')))
  readExpression(tokens, names)
}

function readExpression(tokens: readonly Token[], names: NamesInTemplate): void {
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token?.kind !== 'name' || OPERATORS.has(token.text)) continue
    const before = tokens[index - 1]?.text ?? ''
    const used = { root: token.text, at: token.at, before }
    if (before === '.') continue
    if (before === '|') {
      names.filters.push({ ...used, path: token.text, behind: tokens[index + 1]?.text ?? '' })
      continue
    }
    if (before === 'is' || (before === 'not' && tokens[index - 2]?.text === 'is')) {
      names.tests.push({ ...used, path: token.text, behind: tokens[index + 1]?.text ?? '' })
      continue
    }
    // The name of an argument: `range(start=1)`.
    if (tokens[index + 1]?.text === '=') continue
    let path = token.text
    while (tokens[index + 1]?.text === '.' && tokens[index + 2]?.kind === 'name') {
      path += `.${tokens[index + 2]?.text ?? ''}`
      index += 2
    }
    names.variables.push({ ...used, path, behind: tokens[index + 1]?.text ?? '' })
  }
}

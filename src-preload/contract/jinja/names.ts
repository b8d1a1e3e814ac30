import { templateWords } from '../template-language'
import { codeOf, type CodeBlock, type Token } from './scan'
import { openScopes, type Scopes } from './scopes'

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
  /** The word that begins its statement: `if`, `for`; empty in `{{ … }}`. */
  statement: string
  /** The template gives this name itself where it stands here, by `set`, `for`, `macro` or `with`. */
  isBound: boolean
}

export interface NamesInTemplate {
  variables: UsedName[]
  filters: UsedName[]
  tests: UsedName[]
  /** Names that the template gives itself anywhere. */
  own: ReadonlySet<string>
  /** Those of them that stand at its end, for a text that follows. */
  given: ReadonlySet<string>
  /** Statements that ask for other templates. */
  files: UsedName[]
}

const words = new Set<string>(templateWords)
const FILES = new Set(['include', 'import', 'from', 'extends'])
/** Begins the word that closes a statement. */
const END = 'end'

interface Reading {
  names: Pick<NamesInTemplate, 'variables' | 'filters' | 'tests' | 'files'>
  scopes: Scopes
  statement: string
}

/**
 * The names in a template, found in its code without running it.
 *
 * @param before names that a text before this one gives it
 */
export function namesIn(source: string, before: Iterable<string> = []): NamesInTemplate {
  const names: Reading['names'] = { variables: [], filters: [], tests: [], files: [] }
  const scopes = openScopes(before)
  for (const block of codeOf(source)) readBlock(block, { names, scopes, statement: '' })
  // Values are read before the names that they are given to.
  names.variables.sort((a, b) => a.at - b.at)
  return { ...names, own: scopes.own, given: scopes.outermost() }
}

/** What of a used name is asked of the values: `town` of `town.upper()`, null of `range()`. */
export function valuePath({ path, root, behind }: UsedName): string | null {
  if (behind !== '(') return path
  return path === root ? null : path.slice(0, path.lastIndexOf('.'))
}

function readBlock({ kind, tokens }: CodeBlock, reading: Reading): void {
  if (kind === 'expression') return readExpression(tokens, reading)
  const [word, ...rest] = tokens
  if (!word) return
  const { names, scopes } = reading
  const inside = { ...reading, statement: word.text }
  if (FILES.has(word.text)) {
    const { text, at } = word
    names.files.push({ path: text, root: text, at, before: '', behind: '', statement: '', isBound: false })
    return scopes.bind(namesOf(rest))
  }
  switch (word.text) {
    case 'set':
      return readSet(rest, inside)
    case 'for':
      return readFor(rest, inside)
    case 'macro':
      scopes.bind(namesOf(rest.slice(0, 1)))
      scopes.open('macro')
      return readParameters(rest.slice(1), inside)
    case 'call': {
      const end = rest[0]?.text === '(' ? closing(rest) : 0
      readExpression(rest.slice(end), inside)
      scopes.open('call')
      return readParameters(rest.slice(0, end), inside)
    }
    case 'with':
      scopes.open('with')
      for (const part of splitOutside(rest, ',')) readAssignment(part, inside)
      return
    case 'block':
      return scopes.open('block')
    case 'filter':
      return readExpression([{ kind: 'sign', text: '|', at: word.at }, ...rest], inside)
    case 'if':
      scopes.openPlain('if')
      return readExpression(rest, inside)
    case 'else':
      return scopes.otherwise()
    default:
      if (word.text.startsWith(END)) scopes.close(word.text.slice(END.length))
      else readExpression(rest, inside)
  }
}

/** `set a = …`, and `set a | filter` with its text behind the tag. */
function readSet(tokens: readonly Token[], reading: Reading): void {
  if (tokens.some(({ text }) => text === '=')) return readAssignment(tokens, reading)
  readExpression(tokens.slice(1), reading)
  reading.scopes.openPlain('set', namesOf(tokens.slice(0, 1)))
}

/** The value first: in `set a = a + 1` the second one is that of before. */
function readAssignment(tokens: readonly Token[], reading: Reading): void {
  const equals = tokens.findIndex(({ text }) => text === '=')
  const target = tokens.slice(0, Math.max(0, equals))
  readExpression(tokens.slice(equals + 1), reading)
  // Of a thing that is there, a part is set: `set found.last = 1`.
  if (target[1]?.text === '.') readExpression(target, reading)
  else reading.scopes.bind(namesOf(target))
}

function readFor(tokens: readonly Token[], reading: Reading): void {
  const within = tokens.findIndex(({ text }) => text === 'in')
  const [list = [], condition = []] = splitOutside(
    tokens.slice(Math.max(0, within)).filter(({ text }) => text !== 'recursive'),
    'if'
  )
  readExpression(list, reading)
  reading.scopes.open('for')
  reading.scopes.bind(namesOf(tokens.slice(0, Math.max(0, within))))
  readExpression(condition, reading)
}

/** `(a, b=c)` of a macro. */
function readParameters(tokens: readonly Token[], reading: Reading): void {
  const parts = splitOutside(tokens.slice(1, -1), ',')
  reading.scopes.bind(parts.flatMap((part) => namesOf(part.slice(0, 1))))
  for (const part of parts) readExpression(part, reading)
}

const namesOf = (tokens: readonly Token[]): string[] =>
  tokens.flatMap(({ kind, text }, index) =>
    kind === 'name' && !words.has(text) && tokens[index - 1]?.text !== '.' ? [text] : []
  )

const depthAfter = (depth: number, { kind, text }: Token): number => {
  if (kind !== 'sign') return depth
  if ('([{'.includes(text)) return depth + 1
  return ')]}'.includes(text) ? depth - 1 : depth
}

/** The tokens between those with this text that stand in no brackets. */
function splitOutside(tokens: readonly Token[], text: string): Token[][] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    depth = depthAfter(depth, token)
    if (depth === 0 && token.text === text && token.kind !== 'text') parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}

/** Behind the bracket that closes the first one. */
function closing(tokens: readonly Token[]): number {
  let depth = 0
  for (const [index, token] of tokens.entries()) {
    depth = depthAfter(depth, token)
    if (depth === 0) return index + 1
  }
  return tokens.length
}

function readExpression(tokens: readonly Token[], { names, scopes, statement }: Reading): void {
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token?.kind !== 'name' || words.has(token.text)) continue
    const before = tokens[index - 1]?.text ?? ''
    const used = { root: token.text, at: token.at, before, statement, isBound: scopes.has(token.text) }
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

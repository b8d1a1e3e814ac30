/** A word of the code in a template. */
export interface Token {
  kind: 'name' | 'text' | 'number' | 'sign'
  text: string
  /** In the source, in UTF-16 units. */
  at: number
}

/** A `{{ … }}` or `{% … %}` with the words in it. */
export interface CodeBlock {
  kind: 'expression' | 'statement'
  tokens: Token[]
  /** Its end is there: a template that is being typed may lack it. */
  isClosed: boolean
}

const WORD =
  /(?<space>\s+)|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<number>0[box][\da-f_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:e[-+]?\d[\d_]*)?)|(?<text>"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*')|(?<sign>\*\*|\/\/|[=!<>]=|[^])/iuy

/**
 * The code of a template, without its texts and comments. It needs no template that can be read as a whole: what is said
 * of one that is being typed must not wait for its end.
 */
export function codeOf(source: string): CodeBlock[] {
  const blocks: CodeBlock[] = []
  for (let at = 0; ;) {
    const opening = /\{[{%#]/g
    opening.lastIndex = at
    const found = opening.exec(source)
    if (!found) return blocks
    if (found[0] === '{#') {
      const end = source.indexOf('#}', found.index + 2)
      at = end < 0 ? source.length : end + 2
      continue
    }
    const statement = found[0] === '{%'
    const { tokens, end, isClosed } = wordsFrom(source, found.index + 2, statement ? '%}' : '}}')
    blocks.push({ kind: statement ? 'statement' : 'expression', tokens, isClosed })
    at = statement && tokens[0]?.text === 'raw' ? endOfRaw(source, end) : end
  }
}

function wordsFrom(source: string, start: number, closing: string): Omit<CodeBlock, 'kind'> & { end: number } {
  const tokens: Token[] = []
  let depth = 0
  for (let at = start; at < source.length;) {
    // A `}}` may also close two objects in one another.
    if (depth === 0 && source.startsWith(closing, at))
      return { tokens: withoutDashes(tokens, true), end: at + 2, isClosed: true }
    WORD.lastIndex = at
    const word = WORD.exec(source)
    if (!word) break
    const { space, name, number, text } = word.groups ?? {}
    const kindOf = () => {
      if (name !== undefined) return 'name'
      if (number !== undefined) return 'number'
      return text === undefined ? 'sign' : 'text'
    }
    const [whole] = word
    if (whole === '{') depth += 1
    if (whole === '}') depth = Math.max(0, depth - 1)
    if (space === undefined) tokens.push({ kind: kindOf(), text: whole, at })
    at += whole.length
  }
  return { tokens: withoutDashes(tokens, false), end: source.length, isClosed: false }
}

/** The dashes of `{{-` and `-}}` take away space, and are no part of the code. */
function withoutDashes(tokens: Token[], isClosed: boolean): Token[] {
  const isDash = (token: Token | undefined) => token?.text === '-' || token?.text === '+'
  const first = isDash(tokens[0]) ? 1 : 0
  const last = isClosed && isDash(tokens.at(-1)) && tokens.length > first ? -1 : tokens.length
  return tokens.slice(first, last)
}

function endOfRaw(source: string, from: number): number {
  const closing = /\{%[-+]?\s*endraw\s*[-+]?%\}/g
  closing.lastIndex = from
  return closing.exec(source) ? closing.lastIndex : source.length
}

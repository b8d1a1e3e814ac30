import { createScanner } from 'jsonc-parser'

/** Objects and lists in one another: far more than any answer has, and what everything behind can walk through. */
const DEEPEST = 200

/** What was looked for where a text stops being JSON (`end`: nothing more), or what is wrong with what stands there. */
export type JsonFlaw =
  | 'value'
  | 'key'
  | 'colon'
  | 'comma'
  | 'end'
  | 'number'
  | 'text'
  | 'text_line_break'
  | 'text_escape'
  | 'text_control'

/** How far a JSON value was read. */
export type Scan =
  /** To its end; `json` is the value without comments and trailing commas. */
  | { state: 'whole'; end: number; json: string }
  /** To the end of the text, which is not its own; `begun`: more than an opening bracket was there. */
  | { state: 'cut_off'; begun: boolean }
  /** To what is no JSON; `begun` as above, or it looks like the code of a value in another language. */
  | { state: 'broken'; at: number; flaw: JsonFlaw; begun: boolean }
  | { state: 'too_deep'; at: number }

type Wanted = 'value' | 'value_or_end' | 'key_or_end' | 'colon' | 'comma_or_end'

const flaws: Record<Wanted, JsonFlaw> = {
  value: 'value',
  value_or_end: 'value',
  key_or_end: 'key',
  colon: 'colon',
  comma_or_end: 'comma',
}

const LITERALS = ['true', 'false', 'null'] as const
/** Spaces that JSON does not know, and that models write for its own. */
const SPACE = /[\s\u200b\ufeff]+/y

/**
 * Reads the JSON value that begins at a place of a text. Comments, trailing commas and odd spaces are skipped; nothing
 * is added or read as something else. Takes time by the length of what it reads, and no stack.
 */
export function scanValue(text: string, from: number): Scan {
  const scanner = createScanner(text, true)
  scanner.setPosition(from)
  const closers: ('}' | ']')[] = []
  const json: string[] = []
  let wanted: Wanted = 'value'
  let comma = false
  let tokens = 0
  const broken = (at: number, flaw: JsonFlaw): Scan => ({
    state: 'broken',
    at,
    flaw,
    begun: tokens > 1 || isCode(text, at, closers.at(-1)),
  })

  for (; ; tokens += 1) {
    scanner.scan()
    const at = scanner.getTokenOffset()
    const token = text.slice(at, scanner.getPosition())
    if (token === '') return { state: 'cut_off', begun: tokens > 1 }
    SPACE.lastIndex = at
    if (SPACE.test(text)) {
      scanner.setPosition(SPACE.lastIndex)
      tokens -= 1
      continue
    }
    const [sign = ''] = token
    const add = (part: string) => {
      if (comma) json.push(',')
      comma = false
      json.push(part)
    }

    if (sign === '}' || sign === ']') {
      if (closers.at(-1) !== sign || wanted === 'value' || wanted === 'colon') return broken(at, flaws[wanted])
      comma = false
      json.push(sign)
      closers.pop()
    } else if (wanted === 'colon') {
      if (token !== ':') return broken(at, 'colon')
      json.push(':')
      wanted = 'value'
      continue
    } else if (wanted === 'comma_or_end') {
      if (token !== ',') return broken(at, 'comma')
      comma = true
      wanted = closers.at(-1) === '}' ? 'key_or_end' : 'value_or_end'
      continue
    } else if (sign === '"') {
      const flaw = flawOfText(token)
      if (flaw === 'open' && at + token.length >= text.length) return { state: 'cut_off', begun: true }
      if (flaw !== null) return broken(at, flaw === 'open' ? 'text_line_break' : flaw)
      // The name that would change what an object is.
      if (wanted === 'key_or_end' && JSON.parse(token) === '__proto__')
        return { state: 'broken', at, flaw: 'key', begun: true }
      add(token)
      if (wanted === 'key_or_end') {
        wanted = 'colon'
        continue
      }
    } else if (wanted === 'key_or_end') {
      return broken(at, 'key')
    } else if (sign === '{' || sign === '[') {
      add(sign)
      if (closers.length === DEEPEST) return { state: 'too_deep', at }
      closers.push(sign === '{' ? '}' : ']')
      wanted = sign === '{' ? 'key_or_end' : 'value_or_end'
      continue
    } else {
      if (at + token.length >= text.length && closers.length > 0 && isBegun(token))
        return { state: 'cut_off', begun: true }
      if (!isScalar(token)) return broken(at, /^-?\d/.test(token) ? 'number' : 'value')
      add(token)
    }

    if (closers.length === 0) return { state: 'whole', end: at + token.length, json: json.join('') }
    wanted = 'comma_or_end'
  }
}

/** What is wrong with a text in its quotes; `open`: its end is not there. */
function flawOfText(token: string): JsonFlaw | 'open' | null {
  try {
    JSON.parse(token)
    return null
  } catch {
    if (/^"(?:\\[^]|[^"\\])*\\?$(?![^])/.test(token)) return 'open'
    if (/\\(?!["\\/bfnrt]|u[\da-fA-F]{4})/.test(token.replaceAll('\\\\', ''))) return 'text_escape'
    return /\p{Cc}/u.test(token) ? 'text_control' : 'text'
  }
}

/** Whether a bracket is followed by what other languages write in it: `{'name': …`, `{name: …`, `['a', …`, `[NaN`. */
function isCode(text: string, at: number, closer: '}' | ']' | undefined): boolean {
  const code =
    closer === '}'
      ? /['‘’“”`,]|[\p{L}_$][\p{L}\p{N}_$-]*\s*:/uy
      : /['‘’“”`,]|[-+.]?\d|(?:NaN|-?Infinity|None|True|False|undefined)\b/y
  code.lastIndex = at
  return code.test(text)
}

/** Whether a word at the end of the text may be the beginning of a value. */
const isBegun = (token: string): boolean =>
  /^-?(?:\d[\d.eE+-]*)?$/.test(token) || LITERALS.some((word) => word.startsWith(token))

/** Whether a word is `true`, `false`, `null`, or a number that can be held. */
function isScalar(token: string): boolean {
  if (LITERALS.some((word) => word === token)) return true
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(token) && Number.isFinite(Number(token))
}

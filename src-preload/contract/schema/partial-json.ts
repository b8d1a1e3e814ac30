import type { JsonValue } from '../values'

/** Reads JSON while it comes, to show what there is of it. Reading takes time by what is added, and not by what was before. */
export interface PartialJson {
  add(text: string): void
  /**
   * What can be shown: complete values, and the beginning of the text that is being written. A field comes with its
   * value; numbers and words (`true`) once they are whole. Undefined before a value begins.
   */
  value(): JsonValue | undefined
  /** `reading`: more may come. `broken`: what comes is no JSON, and what there is stays. */
  state(): 'reading' | 'whole' | 'broken'
}

/** Objects and lists in one another; as in the reading of whole answers. */
const DEEPEST = 200

/** An object or list whose end has not come. */
type Open =
  | { kind: 'object'; entries: [name: string, value: JsonValue][]; name: string | null }
  | { kind: 'list'; items: JsonValue[] }

type Wanted = 'value' | 'value_or_end' | 'name' | 'name_or_end' | 'colon' | 'comma_or_end'

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/**
 * A reader for one answer. Words, fences and brackets around the JSON are skipped, as are comments and trailing commas.
 * It is for showing alone: what an answer says in the end is read by `generation/read-json.ts`.
 */
export function createPartialJson(): PartialJson {
  let open: Open[] = []
  let root: JsonValue | undefined
  let state: 'seeking' | 'reading' | 'whole' | 'broken' = 'seeking'
  let wanted: Wanted = 'value'
  /** The text, word or comment that is being read; null between them. */
  let token: { kind: 'text' | 'word' | 'comment'; text: string } | null = null
  /** Of an escape in a text: what came of it so far. */
  let escape: string | null = null

  const close = (value: JsonValue) => {
    const above = open.at(-1)
    if (!above) {
      root = value
      state = 'whole'
      return
    }
    if (above.kind === 'list') above.items.push(value)
    else above.entries.push([above.name ?? '', value])
    if (above.kind === 'object') above.name = null
    wanted = 'comma_or_end'
  }

  /** Words may hold brackets: what is no JSON from its first sign on is not the answer. */
  const fail = () => {
    const [first] = open
    const isEmpty = open.length === 1 && (first?.kind === 'list' ? first.items : first?.entries)?.length === 0
    state = isEmpty ? 'seeking' : 'broken'
    if (isEmpty) open = []
    token = null
  }

  const begin = (sign: '{' | '[') => {
    if (open.length === DEEPEST) return fail()
    open.push(sign === '{' ? { kind: 'object', entries: [], name: null } : { kind: 'list', items: [] })
    wanted = sign === '{' ? 'name_or_end' : 'value_or_end'
  }

  const end = (sign: '}' | ']') => {
    const last = open.at(-1)
    const isEnd = wanted === 'comma_or_end' || wanted === 'name_or_end' || wanted === 'value_or_end'
    if (!last || !isEnd || (last.kind === 'object') !== (sign === '}')) return fail()
    open.pop()
    close(last.kind === 'object' ? Object.fromEntries(last.entries) : last.items)
  }

  const endText = (text: string) => {
    const last = open.at(-1)
    if (last?.kind === 'object' && wanted !== 'value') {
      last.name = text
      wanted = 'colon'
    } else close(text)
  }

  const endWord = (word: string) => {
    if (!/^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/.test(word)) return fail()
    const value: JsonValue = JSON.parse(word)
    close(value)
  }

  const readInText = (sign: string) => {
    if (token === null) return
    if (escape !== null) {
      escape += sign
      if (escape[0] === 'u' && escape.length < 5) return
      const code = /^u([\da-fA-F]{4})$/.exec(escape)?.[1]
      const said = code === undefined ? escapes[escape] : String.fromCharCode(Number.parseInt(code, 16))
      if (said === undefined) return fail()
      token.text += said
      escape = null
    } else if (sign === '\\') escape = ''
    else if (sign === '"') {
      const { text } = token
      token = null
      endText(text)
    } else if (sign < ' ') fail()
    else token.text += sign
  }

  const readComment = (sign: string) => {
    if (token === null) return
    // The end of a long one is all that matters of it.
    token.text = token.text.length > 2 ? token.text.slice(0, 2) + token.text.slice(-1) + sign : token.text + sign
    if (!/^\/[/*]/.test(token.text) && token.text.length > 1) return fail()
    if (token.text.startsWith('//') ? sign === '\n' : /^\/\*.*\*\/$/s.test(token.text)) token = null
  }

  const read = (sign: string) => {
    if (token?.kind === 'text') return readInText(sign)
    if (token?.kind === 'comment') return readComment(sign)
    if (token?.kind === 'word') {
      if (/[\w.+-]/.test(sign)) {
        token.text += sign
        return
      }
      const { text } = token
      token = null
      endWord(text)
      if (state !== 'reading') return
    }
    if (/\s/.test(sign)) return
    const isValue = wanted === 'value' || wanted === 'value_or_end'
    if (sign === '/') token = { kind: 'comment', text: sign }
    else if (sign === '}' || sign === ']') end(sign)
    else if (sign === '"' && (isValue || wanted === 'name' || wanted === 'name_or_end'))
      token = { kind: 'text', text: '' }
    else if (wanted === 'colon' && sign === ':') wanted = 'value'
    else if (wanted === 'comma_or_end' && sign === ',')
      wanted = open.at(-1)?.kind === 'object' ? 'name_or_end' : 'value_or_end'
    else if (isValue && (sign === '{' || sign === '[')) begin(sign)
    else if (isValue && /[\w-]/.test(sign)) token = { kind: 'word', text: sign }
    else fail()
  }

  return {
    add: (text) => {
      for (const sign of text.split('')) {
        if (state === 'whole' || state === 'broken') return
        if (state === 'reading') read(sign)
        // Also where the sign has just shown that the bracket before it is one of words.
        if (state === 'seeking' && (sign === '{' || sign === '[')) {
          state = 'reading'
          begin(sign)
        }
      }
    },

    value: () => {
      if (state === 'whole') return root
      if (open.length === 0) return undefined
      const isName = open.at(-1)?.kind === 'object' && wanted !== 'value'
      const begun = token?.kind === 'text' && !isName ? token.text.replace(/[\ud800-\udbff]$/, '') : undefined
      return open.reduceRight<JsonValue | undefined>((inner, container) => {
        const more = inner === undefined ? [] : [inner]
        if (container.kind === 'list') return [...container.items, ...more]
        return Object.fromEntries([
          ...container.entries,
          ...more.map((value) => [container.name ?? '', value] as const),
        ])
      }, begun)
    },

    state: () => (state === 'seeking' ? 'reading' : state),
  }
}

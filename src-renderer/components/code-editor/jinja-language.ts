import { StreamLanguage, type StringStream } from '@codemirror/language'
import { templateStatements } from '@contract/template-language'

/** What a tag is closed by; null outside of tags. */
interface State {
  closes: '}}' | '%}' | '#}' | null
  /** Behind `|` or `.`: the next name is no variable. */
  after: '|' | '.' | null
  /** The next name says what the statement does. */
  begins: boolean
}

const words = new Set<string>([
  ...Object.entries(templateStatements).flatMap(([name, end]) => (end === null ? [name] : [name, end])),
  'in',
  'is',
  'not',
  'and',
  'or',
  'recursive',
  'endset',
])
const constants = new Set(['true', 'false', 'none', 'True', 'False', 'None'])

function inTag(stream: StringStream, state: State): string | null {
  if (stream.eatSpace()) return null
  if (stream.match(/^[-+]?(?:\}\}|%\})/)) {
    state.closes = null
    return 'brace'
  }
  if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'(?:[^'\\]|\\.)*'?/)) return 'string'
  if (stream.match(/^\d[\d_]*(?:\.\d+)?/)) return 'number'
  const name = stream.match(/^[\p{L}_][\p{L}\p{N}_]*/u)
  if (Array.isArray(name)) {
    const { after, begins } = state
    state.after = null
    state.begins = false
    if (begins && state.closes === '%}') return 'keyword'
    if (after === '|') return 'function'
    if (after === '.') return 'variableName'
    const [word] = name
    if (words.has(word)) return 'keyword'
    return constants.has(word) ? 'atom' : 'variableName'
  }
  const sign = stream.next()
  state.after = sign === '|' || sign === '.' ? sign : null
  return 'operator'
}

/** Jinja in a text of any kind: only the tags are coloured. */
export const jinja = StreamLanguage.define<State>({
  name: 'jinja',
  startState: () => ({ closes: null, after: null, begins: false }),
  token: (stream, state) => {
    if (state.closes === '#}') {
      if (stream.skipTo('#}')) {
        stream.match('#}')
        state.closes = null
      } else stream.skipToEnd()
      return 'comment'
    }
    if (state.closes !== null) return inTag(stream, state)
    if (stream.match('{#')) {
      state.closes = '#}'
      return 'comment'
    }
    const opened = stream.match(/^\{[{%][-+]?/)
    if (Array.isArray(opened)) {
      state.closes = opened[0].startsWith('{{') ? '}}' : '%}'
      state.after = null
      state.begins = true
      return 'brace'
    }
    stream.next()
    stream.eatWhile(/[^{]/)
    return null
  },
  languageData: { commentTokens: { block: { open: '{#', close: '#}' } } },
})

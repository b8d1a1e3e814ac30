import { FabulaError, FileError } from '@contract/errors'

/** A part of a prompt of SillyTavern. */
export type PromptPart =
  | { kind: 'text'; text: string }
  /** `{{name}}`, `{{name::value}}`. */
  | { kind: 'macro'; name: string; values: readonly string[]; source: string }
  /** `{{#if name}} … {{else}} … {{/if}}`; the other way round for `unless`. */
  | { kind: 'if'; name: string; whenTrue: readonly PromptPart[]; otherwise: readonly PromptPart[] }

/** Blocks within one another; more are refused. */
const DEEPEST = 30

interface Tag {
  start: number
  end: number
  inner: string
}

interface OpenBlock {
  name: string
  isUnless: boolean
  whenTrue: PromptPart[]
  otherwise: PromptPart[]
  inElse: boolean
}

/** Old ways to write `{{user}}` and `{{char}}`. */
const named: ReadonlyMap<string, string> = new Map([
  ['<user>', '{{user}}'],
  ['<bot>', '{{char}}'],
  ['<char>', '{{char}}'],
])

/**
 * Reads a prompt of SillyTavern: a text with macros and with the blocks of Handlebars that its story strings have. What has
 * no end is text; a block without an end ends with the text. Throws `file_too_large` for blocks that stand too deep in one another.
 */
export function readPromptText(given: string): PromptPart[] {
  const source = given
    .replaceAll(/\p{Cs}/gu, '\ufffd')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/<(?:user|bot|char)>/gi, (word) => named.get(word.toLowerCase()) ?? word)
  const top: PromptPart[] = []
  const open: OpenBlock[] = []
  const add = (part: PromptPart) => {
    const block = open.at(-1)
    ;(block ? (block.inElse ? block.otherwise : block.whenTrue) : top).push(part)
  }
  const close = () => {
    const block = open.pop()
    if (!block) return
    const { name, isUnless, whenTrue, otherwise } = block
    add({
      kind: 'if',
      name,
      whenTrue: isUnless ? otherwise : whenTrue,
      otherwise: isUnless ? whenTrue : otherwise,
    })
  }
  let at = 0
  let trimNext = false
  const addText = (end: number, trimmed: boolean) => {
    const text = source.slice(at, end)
    const left = trimNext ? text.trimStart() : text
    const whole = trimmed ? left.trimEnd() : left
    if (whole !== '') add({ kind: 'text', text: whole })
  }
  for (const { start, end, inner } of tagsIn(source)) {
    const plain = inner.replace(/^~/, '').replace(/~$/, '').trim()
    const isTrim = /^trim$/i.test(plain)
    addText(start, isTrim || inner.startsWith('~'))
    at = end
    trimNext = isTrim || inner.endsWith('~')
    const block = /^#\??(if|unless)\s+(.+)$/is.exec(plain)
    if (block) {
      const [, word = '', name = ''] = block
      if (open.length >= DEEPEST)
        throw new FabulaError(FileError.TooLarge, 'The blocks stand too deep', { details: { limit: DEEPEST } })
      open.push({
        name: name.trim(),
        isUnless: word.toLowerCase() === 'unless',
        whenTrue: [],
        otherwise: [],
        inElse: false,
      })
    } else if (/^else$/i.test(plain)) {
      const last = open.at(-1)
      if (last) last.inElse = true
    } else if (/^\/(if|unless)$/i.test(plain)) close()
    else if (!isTrim && !/^(!|\/\/|noop$|$)/i.test(plain)) add(macroOf(plain, source.slice(start, end)))
  }
  addText(source.length, false)
  while (open.length > 0) close()
  return top
}

function macroOf(plain: string, source: string): PromptPart {
  const [, name = plain, rest = ''] = /^([\p{L}\p{N}_.-]+)\s*(?::{1,2}|\s)?\s*(.*)$/su.exec(plain) ?? []
  const values = rest === '' ? [] : rest.split(rest.includes('::') ? '::' : ',')
  return { kind: 'macro', name: name.toLowerCase(), values: values.map((value) => value.trim()), source }
}

/** The outermost `{{ … }}` and `{{{ … }}}` in their order. One look at each character: a hostile text has millions of braces. */
function tagsIn(source: string): Tag[] {
  const starts: number[] = []
  const tags: Tag[] = []
  for (let at = 0; at < source.length - 1;) {
    const pair = source.slice(at, at + 2)
    if (pair === '{{') {
      starts.push(at)
      at += 2
    } else if (pair === '}}' && starts.length > 0) {
      const start = starts.pop() ?? 0
      at += 2
      // Those inside of it are a part of its words.
      while ((tags.at(-1)?.start ?? -1) > start) tags.pop()
      tags.push({ start, end: at, inner: source.slice(start + 2, at - 2) })
    } else at += 1
  }
  return tags.map((tag) => withTriple(tag, source))
}

function withTriple({ start, end, inner }: Tag, source: string): Tag {
  if (inner.startsWith('{') && source[end] === '}') return { start, end: end + 1, inner: inner.slice(1) }
  return { start, end, inner }
}

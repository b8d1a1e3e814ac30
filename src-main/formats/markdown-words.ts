/** Every sign that Markdown lets a backslash stand before: there are as many as Unicode has code points that mean nothing. */
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'
const FIRST_MEANINGLESS = 0xfdd0

/** Characters: a longer paragraph is none, and may be made to keep a reader busy. */
const LONGEST = 100_000

const hidden = (sign: string): string => String.fromCodePoint(FIRST_MEANINGLESS + PUNCTUATION.indexOf(sign))
const shown = (sign: string): string => PUNCTUATION[(sign.codePointAt(0) ?? 0) - FIRST_MEANINGLESS] ?? sign

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  shy: '\u00ad',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  laquo: '«',
  raquo: '»',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  lsquo: '‘',
  rsquo: '’',
}

/**
 * The words of a paragraph of Markdown as a passage has them: emphasis by underscores becomes that by stars, links become
 * their words, pictures go. Takes time linear in the text.
 */
export function wordsOfMarkdown(text: string): string {
  if (text.length > LONGEST || !/[\\_[&<]/.test(text)) return text
  return text
    .replaceAll(/\\([!-/:-@[-`{-~])/g, (_found, sign: string) => hidden(sign))
    .replaceAll(/<!--[^]{0,2000}?-->/g, '')
    .replaceAll(/<br\s{0,5}\/?>/gi, '\n')
    .replaceAll(/!\[[^\]\n[]{0,500}\]\([^)\s]{0,2000}\)/g, '')
    .replaceAll(/\[([^\]\n[]{1,500})\]\([^)\s]{0,2000}(?:\s"[^"\n]{0,200}")?\)/g, '$1')
    .replaceAll(
      /(?<![\p{L}\p{N}_])(_{1,3})(?![\s_])([^_\n]{0,5000}[^\s_])\1(?![\p{L}\p{N}_])/gu,
      (_found, marks: string, inner: string) => `${'*'.repeat(marks.length)}${inner}${'*'.repeat(marks.length)}`
    )
    .replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, entityOf)
    .replaceAll(/[\ufdd0-\ufdef]/g, shown)
}

function entityOf(found: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return entities[name] ?? found
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal)
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : found
}

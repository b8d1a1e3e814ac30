import type { i18n } from 'i18next'

/** What the engine of templates says, by how it says it, and what it names: a word, or words, of the template. */
const causes: readonly (readonly [said: RegExp, cause: string])[] = [
  [/^unexpected end of string/, 'unclosedText'],
  [/^unexpected end of comment/, 'unclosedComment'],
  [/^unexpected end of raw block/, 'unclosedRaw'],
  // Said of a block without its end, too.
  [/^unexpected end of input, expected end of block/, 'endsOpen'],
  [/^unexpected end of input, expected (?<expected>.+)$/, 'endsBefore'],
  [/^unexpected end of input/, 'endsOpen'],
  [/^unexpected character/, 'strangeCharacter'],
  [/^unexpected (?<found>.+), expected (?<expected>.+)$/, 'expected'],
  [/^unexpected (?<found>end of (?:variable )?block)$/, 'nothingBefore'],
  [/^unexpected (?<found>.+)$/, 'unexpected'],
  [/^unknown (?:statement )?`?(?<found>[\w-]+)`?(?:, expected .*)?$/, 'unknownStatement'],
  [/^expected a filter/, 'noFilter'],
  [/^invalid integer|^invalid float/, 'badNumber'],
  [/^bad string escape/, 'badEscape'],
  [/^unknown filter: filter (?<found>\S+) is unknown/, 'unknownFilter'],
  [/^unknown test: test (?<found>\S+) is unknown/, 'unknownTest'],
  [/^unknown function: (?<found>\S+) is unknown/, 'unknownFunction'],
  [/^unknown method: .*\bnamed (?<found>\S+)/, 'unknownMethod'],
  [/^tried to use (?<found>\S+) operator/, 'badOperands'],
  [/is not callable/, 'notCallable'],
  [/is not iterable/, 'notIterable'],
  [/^range has too many/, 'tooMany'],
  [/^cannot calculate length/, 'noLength'],
  [/^too many arguments/, 'tooManyArguments'],
  [/^missing argument/, 'missingArgument'],
]

/** Tokens that the engine names by an English word. */
const tokens: ReadonlyMap<string, string> = new Map([
  ['end of variable block', '}}'],
  ['end of block', '%}'],
  ['start of block', '{%'],
  ['start of variable block', '{{'],
  ['assignment operator', '='],
])
const kinds: ReadonlyMap<string, string> = new Map([
  ['identifier', 'name'],
  ['integer', 'number'],
  ['float', 'number'],
  ['string', 'text'],
  ['template data', 'words'],
  ['end of input', 'end'],
])

/**
 * A mistake in a template in the app's language, as a sentence without a capital; what is not known is quoted.
 *
 * @param said as the engine says it, in English
 */
export function templateMessage(said: string, i18n: i18n): string {
  const plain = said.replace(/^(?:syntax error|invalid operation): /, '')
  for (const [pattern, cause] of causes) {
    const found = pattern.exec(plain)
    if (!found) continue
    const names = Object.entries(found.groups ?? {}).map(([name, token]): [string, string] => [
      name,
      shown(token, i18n),
    ])
    return worded(i18n, cause, new Map(names))
  }
  return worded(i18n, 'other', new Map([['message', said]]))
}

function shown(token: string, i18n: i18n): string {
  const kind = kinds.get(token)
  if (kind !== undefined) return worded(i18n, `token.${kind}`)
  return worded(i18n, 'token.quoted', new Map([['token', tokens.get(token) ?? token.replaceAll('`', '')]]))
}

/** Names are put in by hand: they may hold braces, which would be taken for places of other names. */
function worded(i18n: i18n, key: string, names: ReadonlyMap<string, string> = new Map()): string {
  const text: unknown = i18n.getResource(i18n.language, 'common', `template.${key}`)
  return typeof text === 'string' ? text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => names.get(name) ?? '') : ''
}

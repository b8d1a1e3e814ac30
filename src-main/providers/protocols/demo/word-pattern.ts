/** The words of a text in lower case. */
export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*/gu) ?? []

const expressions = new Map<string, RegExp>()

const expressionOf = (pattern: string): RegExp => {
  const known = expressions.get(pattern)
  if (known) return known
  const ending = pattern.endsWith('*')
  const stem = (ending ? pattern.slice(0, -1) : pattern).replaceAll('*', String.raw`\p{L}?`)
  const expression = new RegExp(`^${stem}${ending ? String.raw`\p{L}*` : ''}$`, 'u')
  expressions.set(pattern, expression)
  return expression
}

/**
 * How many of the words fit one of the patterns. In a pattern `*` stands for any ending at its end, and for at most one
 * letter inside.
 */
export const countMatches = (words: readonly string[], patterns: readonly string[]): number =>
  words.filter((word) => patterns.some((pattern) => expressionOf(pattern).test(word))).length

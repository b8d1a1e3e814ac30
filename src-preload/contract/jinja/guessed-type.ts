import type { InputType } from '../entities/template'
import { namesIn } from './names'

/** Beside these a name is only asked about. */
const ASKING = new Set(['', 'not', 'and', 'or', '(', ')', 'if', 'else'])

/**
 * The type that a name in these texts most likely has: a list where a loop goes through it or its items are joined, yes or
 * no where it is only asked about, a text elsewhere.
 */
export function guessedType(name: string, texts: readonly string[]): Extract<InputType, 'list' | 'boolean' | 'text'> {
  const all = texts.map((text) => namesIn(text))
  const uses = all.flatMap(({ variables }) => variables.filter(({ root, isBound }) => root === name && !isBound))
  const isJoined = all.some(({ variables, filters }) =>
    variables.some(
      ({ path, at, isBound, behind }) =>
        path === name && !isBound && behind === '|' && filters.find((filter) => filter.at > at)?.path === 'join'
    )
  )
  const isLooped = uses.some(({ path, before, statement }) => path === name && before === 'in' && statement === 'for')
  if (isLooped || isJoined) return 'list'
  const isAsked = uses.every(
    ({ path, before, behind, statement }) =>
      path === name &&
      ASKING.has(before) &&
      ASKING.has(behind) &&
      (statement === 'if' || statement === 'elif' || before === 'if')
  )
  return uses.length > 0 && isAsked ? 'boolean' : 'text'
}

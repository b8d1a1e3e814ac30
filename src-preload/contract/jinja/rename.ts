import { namesIn } from './names'

/**
 * Texts that follow each other, with variables of other names: all that means a variable, and no name that a text gives
 * itself. Null where a text gives itself a new name, and would take its own for the variable.
 *
 * @param to the new names by the ones before
 */
export function renameIn(texts: readonly string[], to: ReadonlyMap<string, string>): string[] | null {
  const before = free(texts)
  const renamed = texts.map((text, index) => {
    let result = ''
    let end = 0
    for (const { root, at } of before[index] ?? []) {
      const next = to.get(root)
      if (next === undefined) continue
      result += text.slice(end, at) + next
      end = at + root.length
    }
    return result + text.slice(end)
  })
  const count = (all: readonly (readonly unknown[])[]) => all.reduce((sum, { length }) => sum + length, 0)
  return count(free(renamed)) === count(before) ? renamed : null
}

/** The names of each text that neither it nor the ones before it give. */
function free(texts: readonly string[]) {
  let given: ReadonlySet<string> = new Set()
  return texts.map((text) => {
    const names = namesIn(text, given)
    given = names.given
    return names.variables.filter(({ isBound }) => !isBound)
  })
}

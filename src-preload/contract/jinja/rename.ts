import { namesIn } from './names'

/**
 * Texts that follow each other, with a variable of another name: all that means the variable, and no name that a text
 * gives itself. Null where a text gives itself the new name, and would take its own for the variable.
 */
export function renameIn(texts: readonly string[], from: string, to: string): string[] | null {
  const before = free(texts)
  const renamed = texts.map((text, index) => {
    let result = ''
    let end = 0
    for (const { root, at } of before[index] ?? []) {
      if (root !== from) continue
      result += text.slice(end, at) + to
      end = at + from.length
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

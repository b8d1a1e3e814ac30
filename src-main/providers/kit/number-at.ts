/** What stands at a path of names, joined by dots; undefined when the path ends early. */
export function valueAt(answer: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return undefined
    return Object.entries(inner).find(([name]) => name === key)?.[1]
  }, answer)
}

/** The number at a path of names; null when something else is there, as for a key without a limit. */
export function numberAt(answer: unknown, path: string): number | null {
  const value = valueAt(answer, path)
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

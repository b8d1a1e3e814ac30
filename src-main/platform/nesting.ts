/**
 * Which of its bounds a value passes first: more lists and objects in one another than so many levels, or more values in all
 * of them. Null for neither. Walks it without calling itself, so that no depth exhausts the stack; what refers to itself is
 * endlessly deep.
 */
export function outgrows(
  value: unknown,
  { levels, values }: { levels: number; values: number }
): 'levels' | 'values' | null {
  const waiting: { value: unknown; level: number }[] = [{ value, level: 0 }]
  let count = 0
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    if (typeof one.value !== 'object' || one.value === null) continue
    if (one.level === levels) return 'levels'
    const inner = Object.values(one.value)
    count += inner.length
    if (count > values) return 'values'
    for (const each of inner) waiting.push({ value: each, level: one.level + 1 })
  }
  return null
}

/** Whether a value has lists and objects in one another deeper than so many levels. */
export const isDeeperThan = (value: unknown, levels: number): boolean =>
  outgrows(value, { levels, values: Infinity }) !== null

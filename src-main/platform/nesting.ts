/**
 * Whether a value has lists and objects in one another deeper than so many levels. Walks it without calling itself, so that
 * no depth exhausts the stack; what refers to itself is endlessly deep.
 */
export function isDeeperThan(value: unknown, levels: number): boolean {
  const waiting: { value: unknown; level: number }[] = [{ value, level: 0 }]
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    if (typeof one.value !== 'object' || one.value === null) continue
    if (one.level === levels) return true
    for (const inner of Object.values(one.value)) waiting.push({ value: inner, level: one.level + 1 })
  }
  return false
}

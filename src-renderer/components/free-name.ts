/** `base` with the first number that makes a name nobody has: `Key 1`, `Key 2`. */
export function freeName(base: string, taken: readonly string[]): string {
  const names = new Set(taken)
  for (let number = 1; ; number += 1) {
    const name = `${base} ${number}`
    if (!names.has(name)) return name
  }
}

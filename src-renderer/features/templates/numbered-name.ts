/** `value`, or with the first number that makes it free: `value_2`. */
export function numberedName(base: string, isTaken: (name: string) => boolean): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}_${number}`
    if (!isTaken(name)) return name
  }
}

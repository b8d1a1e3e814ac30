/** The longest name a thing can have (contract `Name`). */
const LONGEST = 120

/** `name`, or with the first number that makes it free: `Gothic (2)`. */
export function freeName(name: string, taken: (name: string) => boolean): string {
  if (!taken(name)) return name
  const base = name.replace(/ \(\d+\)$/, '')
  for (let count = 2; ; count += 1) {
    const end = ` (${count})`
    // Not through the middle of a character.
    const candidate = base.slice(0, LONGEST - end.length).replace(/\p{Cs}$/u, '') + end
    if (!taken(candidate)) return candidate
  }
}

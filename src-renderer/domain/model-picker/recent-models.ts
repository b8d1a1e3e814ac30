import { z } from 'zod'

const KEY = 'fabula.recentModels'
const KEPT = 6

const Recent = z.array(z.string()).catch([])

/** Keys of the models chosen lately on this computer, the last one first. */
export function recentModels(): string[] {
  try {
    return Recent.parse(JSON.parse(localStorage.getItem(KEY) ?? '[]'))
  } catch {
    return []
  }
}

/** Remembers a choice. A window that may not store anything simply forgets it. */
export function rememberModel(key: string): void {
  try {
    const others = recentModels().filter((other) => other !== key)
    localStorage.setItem(KEY, JSON.stringify([key, ...others].slice(0, KEPT)))
  } catch {
    // Only a convenience is lost.
  }
}

import { createKeyFinder, patternOf, type KeyFinder, type Pattern } from './find-key'
import { textInView } from './passages-in-view'

let finder: Promise<KeyFinder> | null = null

/**
 * The finder of keys and names. What it stands on, the stems of words and patterns that take no longer than their text is
 * long (RE2), is loaded when it is first asked for: the start of the app needs none of it.
 */
export const wordFinder = (): Promise<KeyFinder> => (finder ??= load())

async function load(): Promise<KeyFinder> {
  const [{ wordsOf }, compile] = await Promise.all([import('@main/words/words'), loadPatterns()])
  return createKeyFinder({ wordsOf, textInView: (text) => textInView(text, wordsOf), compile })
}

async function loadPatterns(): Promise<(source: string, flags: string) => Pattern> {
  const { RE2JS } = await import('re2js')
  const known: Record<string, number> = { i: RE2JS.CASE_INSENSITIVE, s: RE2JS.DOTALL, m: RE2JS.MULTILINE }
  return (source, flags) => {
    const pattern = RE2JS.compile(
      RE2JS.translateRegExp(source),
      Array.from(flags).reduce((all, flag) => all | (known[flag] ?? 0), 0)
    )
    return {
      find: (text) => {
        const matcher = pattern.matcher(text)
        return matcher.find() ? { start: matcher.start(), end: matcher.end() } : null
      },
    }
  }
}

/** What is wrong with a key that is a pattern, as RE2 says it; null where nothing is, and for every other key. */
export async function keyProblem(key: string): Promise<string | null> {
  const pattern = patternOf(key)
  if (!pattern) return null
  const compile = await loadPatterns()
  try {
    compile(pattern.source, pattern.flags)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

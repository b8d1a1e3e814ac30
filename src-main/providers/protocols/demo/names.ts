import type { Language } from '@contract/values'
import type { Material } from './material'

const NAME = String.raw`(\p{Lu}\p{Ll}{1,19})`

/**
 * Names in a writer's line that can be repeated as they stand. In Russian only those that are surely in the nominative:
 * the subject of a verb, or what someone is called.
 */
export const namesIn = (line: string, language: Language, { notNames, subjectVerb }: Material): string[] => {
  const acting = new RegExp(String.raw`(?<!\p{L})${NAME}\s+(?:${subjectVerb})(?!\p{L})`, 'gu')
  const called = new RegExp(String.raw`(?:зовут|по имени|my name is|called|named)\s+${NAME}`, 'gu')
  const inside = new RegExp(String.raw`(?<=[\p{Ll},][^\S\n])${NAME}`, 'gu')
  const patterns = language === 'en' ? [called, acting, inside] : [called, acting]
  const found = patterns.flatMap((pattern) => [...line.matchAll(pattern)].map((match) => match[1] ?? ''))
  return [...new Set(found)].filter((name) => name !== '' && !notNames.includes(name))
}

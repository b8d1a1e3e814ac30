import type { Language } from '@contract/values'

/** The first of the user's languages that Fabula speaks; English when it speaks none. */
export function systemLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const language = tag.toLowerCase().split(/[-_.]/)[0]
    if (language === 'en' || language === 'ru') return language
  }
  return 'en'
}

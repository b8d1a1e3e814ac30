import { useTranslation } from 'react-i18next'
import type { Language, LocalizedText } from '@contract/values'

/** The language the app speaks now. */
export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return i18n.language === 'ru' ? 'ru' : 'en'
}

/** Reads texts that come from data files (role and provider descriptions) in the app's language. */
export function useLocal(): (text: LocalizedText) => string {
  const language = useLanguage()
  return (text) => text[language]
}

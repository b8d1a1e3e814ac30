import type { QueryClient } from '@tanstack/react-query'
import type { i18n } from 'i18next'
import { defaultPreferences, type Preferences } from '@contract/entities/preferences'
import type { Language } from '@contract/values'
import { routeQuery } from '@renderer/api/queries'
import { createI18n } from '@renderer/i18n'

/** The language to speak: the user's choice, else the system's. */
export function languageOf(preferences: Preferences, systemLanguage: Language): Language {
  return preferences.language === 'system' ? systemLanguage : preferences.language
}

const browserLanguage = (): Language => (navigator.language.startsWith('ru') ? 'ru' : 'en')

/** What the frame asks whatever place is shown. Asked with the first questions, it is there when the frame is drawn. */
const ASKED_BY_FRAME = ['vault.status', 'simulations.list', 'updates.get', 'stories.list'] as const

/**
 * Reads what the first frame needs, so that it appears in the right language and theme. When main does not answer,
 * the app starts all the same and says so.
 */
export async function loadStart(client: QueryClient): Promise<{ i18n: i18n }> {
  const needed = [
    client.fetchQuery(routeQuery('preferences.get', {})),
    client.fetchQuery(routeQuery('app.status', {})),
  ] as const
  for (const route of ASKED_BY_FRAME) void client.prefetchQuery(routeQuery(route, {}))
  const [preferences, status] = await Promise.allSettled(needed)
  const language = languageOf(
    preferences.status === 'fulfilled' ? preferences.value : defaultPreferences,
    status.status === 'fulfilled' ? status.value.systemLanguage : browserLanguage()
  )
  return { i18n: createI18n(language) }
}

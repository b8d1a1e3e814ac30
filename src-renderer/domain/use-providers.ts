import type { UseQueryResult } from '@tanstack/react-query'
import type { Provider } from '@contract/entities/provider'
import type { FabulaError } from '@contract/errors'
import type { Language } from '@contract/values'
import { useRoute } from '@renderer/api/queries'
import { useLanguage } from '@renderer/components/use-local'

/** All providers, each under the name it has in the app's language. */
export function useProviders(): UseQueryResult<Provider[], FabulaError> {
  const language = useLanguage()
  return useRoute('providers.list', {}, { select: namedIn[language] })
}

/** The same list for all who ask, so that what follows from it is made once. */
const namedOnce = (language: Language) => {
  const known = new WeakMap<Provider[], Provider[]>()
  return (providers: Provider[]): Provider[] => {
    const before = known.get(providers)
    if (before) return before
    const named = providers.map((one) => (one.localName ? { ...one, name: one.localName[language] } : one))
    known.set(providers, named)
    return named
  }
}
const namedIn: Record<Language, (providers: Provider[]) => Provider[]> = { en: namedOnce('en'), ru: namedOnce('ru') }

/** The same for a name alone, as the ledger and the plan of a turn have it. */
export function useProviderName(): (name: string) => string {
  const language = useLanguage()
  const { data = [] } = useRoute('providers.list', {})
  return (name) => data.find((one) => one.localName && one.name === name)?.localName?.[language] ?? name
}

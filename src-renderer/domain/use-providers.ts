import type { UseQueryResult } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Provider } from '@contract/entities/provider'
import type { FabulaError } from '@contract/errors'
import { useRoute } from '@renderer/api/queries'
import { useLanguage } from '@renderer/components/use-local'

/** All providers, each under the name it has in the app's language. */
export function useProviders(): UseQueryResult<Provider[], FabulaError> {
  const language = useLanguage()
  const named = useCallback(
    (providers: Provider[]) =>
      providers.map((one) => (one.localName ? { ...one, name: one.localName[language] } : one)),
    [language]
  )
  return useRoute('providers.list', {}, { select: named })
}

/** The same for a name alone, as the ledger and the plan of a turn have it. */
export function useProviderName(): (name: string) => string {
  const language = useLanguage()
  const { data = [] } = useRoute('providers.list', {})
  return (name) => data.find((one) => one.localName && one.name === name)?.localName?.[language] ?? name
}

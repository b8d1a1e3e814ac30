import { MantineProvider } from '@mantine/core'
import { useColorScheme } from '@mantine/hooks'
import { QueryClientProvider, useQueryClient, type QueryClient } from '@tanstack/react-query'
import type { i18n } from 'i18next'
import { useEffect, useMemo } from 'react'
import { I18nextProvider, useTranslation } from 'react-i18next'
import { Router } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { useRoute } from '@renderer/api/queries'
import { usePreferences } from '@renderer/components/use-preferences'
import { styleNonce } from '@renderer/components/style-nonce'
import { ErrorBoundary } from './ErrorBoundary'
import { Frame } from './Frame'
import { Overlays } from './Overlays'
import { preparedNavigation } from './prepared-navigation'
import { preparePlace } from './Screens'
import { languageOf } from './start'
import { cssVariablesResolver, theme } from './theme'
import { useRoomInRail } from './use-rail'

// Places stand behind the `#` of the address: both shells serve one page.
const hashPlaces = { hook: useHashLocation }

/** The whole renderer: providers around the frame. */
export function App({ client, i18n }: { client: QueryClient; i18n: i18n }) {
  return (
    <QueryClientProvider client={client}>
      <I18nextProvider i18n={i18n}>
        <Themed />
      </I18nextProvider>
    </QueryClientProvider>
  )
}

function Themed() {
  const { i18n } = useTranslation()
  const client = useQueryClient()
  const aroundNav = useMemo(() => preparedNavigation((place) => preparePlace(client, place)), [client])
  const [preferences] = usePreferences()
  const inRail = useRoomInRail()
  const status = useRoute('app.status', {})
  const system = useColorScheme('light', { getInitialValueInEffect: false })
  const scheme = preferences.theme === 'system' ? system : preferences.theme
  const language = status.data ? languageOf(preferences, status.data.systemLanguage) : i18n.language

  useEffect(() => {
    document.documentElement.lang = language
    if (i18n.language !== language) void i18n.changeLanguage(language)
  }, [i18n, language])

  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      forceColorScheme={scheme}
      getStyleNonce={styleNonce}
    >
      <Overlays inRail={inRail} />
      <ErrorBoundary>
        <Router {...hashPlaces} aroundNav={aroundNav}>
          <Frame />
        </Router>
      </ErrorBoundary>
    </MantineProvider>
  )
}

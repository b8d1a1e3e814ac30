import '@fontsource-variable/literata/opsz.css'
import '@fontsource-variable/literata/opsz-italic.css'
import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/jetbrains-mono/index.css'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import './theme.css'
import { createRoot } from 'react-dom/client'
import type { FabulaBridge } from '@contract/bridge'
import { setBridge } from '@renderer/api/bridge'
import { createBrowserBridge, takeToken } from '@renderer/api/browser-bridge'
import { followChanges } from '@renderer/api/changes'
import { createQueryClient } from '@renderer/api/queries'
import { useConnection } from '@renderer/stores/ui-connection'
import { App } from './App'
import { sayIfRestored, startAnewWhenRestored } from './restored'
import { preloadScreenAt } from './Screens'
import { loadStart } from './start'

declare global {
  interface Window {
    /** Set by the preload script of the desktop shell. */
    fabula?: FabulaBridge
  }
}

setBridge(
  window.fabula ?? createBrowserBridge({ token: takeToken(), onConnection: useConnection.getState().setConnected })
)

const client = createQueryClient()
followChanges(client)
startAnewWhenRestored()
const root = document.getElementById('root')
if (!root) throw new Error('The page has no root element')
const [start] = await Promise.all([loadStart(client), preloadScreenAt(window.location.hash)])
createRoot(root).render(<App client={client} i18n={start.i18n} />)
sayIfRestored(start.i18n)

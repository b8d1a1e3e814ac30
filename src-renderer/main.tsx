import './app/zod-without-eval'
import '@fontsource-variable/literata/opsz.css'
import '@fontsource-variable/literata/opsz-italic.css'
import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/jetbrains-mono/index.css'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import './app/theme.css'
import { createRoot } from 'react-dom/client'
import type { FabulaBridge } from '@contract/bridge'
import { setBridge } from './api/bridge'
import { createBrowserBridge, takeToken } from './api/browser-bridge'
import { createQueryClient, followChanges } from './api/queries'
import { App } from './app/App'
import { loadStart } from './app/start'
import { useConnection } from './stores/ui-connection'

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
const root = document.getElementById('root')
if (!root) throw new Error('The page has no root element')
const start = await loadStart(client)
createRoot(root).render(<App client={client} i18n={start.i18n} />)

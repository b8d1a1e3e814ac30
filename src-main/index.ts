import { dialog } from 'electron'
import { startDesktopShell } from '@main/shells/electron/desktop-shell'

startDesktopShell().catch((error: unknown) => {
  dialog.showErrorBox('Fabula', `Fabula could not start.\n\n${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
})

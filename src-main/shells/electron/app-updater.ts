import { app, net } from 'electron'
import type { AppUpdater } from 'electron-updater'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { FabulaError, UpdateError } from '@contract/errors'
import { noUpdater } from '@main/features/updates/no-updater'
import type { Updater } from '@main/features/updates/updates'

/** In the program's resources; the packager writes it where it was told where newer versions are. */
const SOURCE = 'app-update.yml'

/**
 * Newer versions by electron-updater, which is loaded with the first question. Nothing is downloaded or installed by itself.
 *
 * @param closeApp saves and lets go of everything; nothing may be asked of the core afterwards
 */
export function createAppUpdater(closeApp: () => Promise<void>): Updater {
  if (!app.isPackaged) return noUpdater('shell')
  if (!existsSync(join(process.resourcesPath, SOURCE))) return noUpdater('source')
  if (!isInstalled()) return noUpdater('copy')

  let loading: Promise<AppUpdater> | null = null
  const load = async (): Promise<AppUpdater> => {
    const { default: electronUpdater } = await import('electron-updater')
    const { autoUpdater } = electronUpdater
    autoUpdater.autoDownload = false
    autoUpdater.autoInstallOnAppQuit = false
    autoUpdater.allowPrerelease = false
    autoUpdater.logger = null
    // Every failure also rejects what was asked; without a listener the event would be thrown.
    autoUpdater.on('error', () => {})
    return autoUpdater
  }
  const updater = () => (loading ??= load())

  return {
    can: 'yes',
    isOnline: () => net.isOnline(),
    check: async () => {
      const found = await (await updater()).checkForUpdates().catch(thrown)
      if (!found?.isUpdateAvailable) return null
      const { version, releaseNotes } = found.updateInfo
      const notes = Array.isArray(releaseNotes) ? releaseNotes.map(({ note }) => note ?? '').join('\n\n') : releaseNotes
      return { version, notes: notes ?? '' }
    },
    download: async (onProgress) => {
      const loaded = await updater()
      const tell = ({ percent }: { percent: number }) => onProgress(percent / 100)
      loaded.on('download-progress', tell)
      try {
        await loaded.downloadUpdate().catch(thrown)
      } finally {
        loaded.off('download-progress', tell)
      }
    },
    install: async () => {
      const loaded = await updater()
      await closeApp()
      // The newer one starts while this one ends, and must not take itself for a second.
      app.releaseSingleInstanceLock()
      loaded.once('error', () => {
        app.relaunch()
        app.quit()
      })
      loaded.quitAndInstall(false, true)
    },
  }
}

/** Whether there is an installation to replace; what was only unpacked stays as it is. */
function isInstalled(): boolean {
  switch (process.platform) {
    case 'win32':
      return existsSync(join(dirname(process.execPath), `Uninstall ${app.getName()}.exe`))
    case 'linux':
      return Boolean(process.env['APPIMAGE']) || existsSync(join(process.resourcesPath, 'package-type'))
    default:
      return true
  }
}

/** electron-updater's failures as the three that a user can do something about. */
function thrown(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  throw new FabulaError(kindOf(code, message), message.split('\n')[0] ?? '', { cause: error, retryable: true })
}

function kindOf(code: string, message: string) {
  if (/CHECKSUM_MISMATCH|INVALID_SIGNATURE|NO_CHECKSUM/.test(code) || /checksum mismatch|not signed/i.test(message))
    return UpdateError.Damaged
  const isNetwork = /^HTTP_ERROR_|^E(CONN|TIMEDOUT|NOTFOUND|PIPE|AI_)|CHANNEL_FILE_NOT_FOUND|LATEST_VERSION_NOT_FOUND/
  if (isNetwork.test(code) || /net::ERR_|socket hang up|timed out|Cannot download|aborted/i.test(message))
    return UpdateError.Unreachable
  return UpdateError.Failed
}

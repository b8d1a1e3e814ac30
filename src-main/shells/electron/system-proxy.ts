import { session } from 'electron'
import { firstProxy, type ProxyFor } from '@main/platform/proxies'

/** Asks Chromium, which knows the system's settings and its PAC file. */
export const systemProxy: ProxyFor = async (url) => firstProxy(await session.defaultSession.resolveProxy(url))

import type { Page } from 'playwright-core'

/**
 * Collects what must never happen in a window: errors on its console (broken content security policies among them),
 * errors that nobody caught, and requests that leave this computer.
 */
export function collectTroubles(page: Page): readonly string[] {
  const troubles: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => troubles.push(error.stack ?? error.message))
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (/^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1') troubles.push(`asked for ${request.url()}`)
  })
  return troubles
}

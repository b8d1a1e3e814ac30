import type { Core } from '@main/core/core'

/**
 * Logs what nothing caught, once each, and goes on: a fault in a corner must not end a process that is writing a story.
 * What is on the disk is whole at any time, as every change is a transaction.
 */
export function outliveUncaughtErrors(process: NodeJS.EventEmitter, core: Pick<Core, 'reportUncaught'>): void {
  const report = (error: unknown) => core.reportUncaught(error)
  process.on('uncaughtException', report)
  // With a listener of its own, a rejection does not come again as an exception.
  process.on('unhandledRejection', report)
}

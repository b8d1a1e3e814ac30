import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { timestamp, type Clock } from './clock'
import type { Logger } from './logger'
import { redactValue } from './redact-value'
import type { Redactor } from './redact'

export interface FileLoggerOptions {
  /** `<data folder>/logs`; made when it is missing. */
  folder: string
  redactor: Redactor
  clock: Clock
  /** A file that reaches this many bytes is put aside. */
  maxBytes?: number
  /** How many files there are at most, the current one included. */
  files?: number
}

export interface FileLogger extends Logger {
  /** The last word: what still comes is dropped, so that the data folder can be taken away or given to another. */
  close(): void
}

/**
 * Writes JSON lines to fabula.log; older ones are fabula.1.log, fabula.2.log. A line that cannot be written (disk full,
 * read-only folder) is dropped, and the next one that can be says how many were: logging never throws.
 */
export function createFileLogger(options: FileLoggerOptions): FileLogger {
  const { folder, redactor, clock, maxBytes = 2_000_000, files = 3 } = options
  let file: { descriptor: number; bytes: number } | null = null
  let dropped = 0
  let ended = false

  const pathOf = (age: number) => join(folder, age === 0 ? 'fabula.log' : `fabula.${age}.log`)

  const openFile = () => {
    mkdirSync(folder, { recursive: true })
    const descriptor = openSync(pathOf(0), 'a', 0o600)
    return { descriptor, bytes: fstatSync(descriptor).size }
  }

  const close = () => {
    const open = file
    file = null
    attempt(() => open !== null && closeSync(open.descriptor))
  }

  const rotate = () => {
    close()
    for (let age = files - 1; age > 0; age -= 1) attempt(() => renameSync(pathOf(age - 1), pathOf(age)))
    // With one file to keep, or where it could not be put aside, the old lines go.
    attempt(() => rmSync(pathOf(0), { force: true }))
  }

  const append = (line: Buffer) => {
    if (file !== null && file.bytes > 0 && file.bytes + line.length > maxBytes) rotate()
    file ??= openFile()
    let written = 0
    while (written < line.length) {
      const count = writeSync(file.descriptor, line, written)
      written += count
      file.bytes += count
    }
  }

  const write = (level: 'info' | 'warn' | 'error', message: string, facts: Record<string, unknown> = {}) => {
    if (ended) return
    try {
      const time = timestamp(clock)
      const lost = dropped === 0 ? {} : { dropped }
      const entry = { time, level, message, ...lost, ...(Object.keys(facts).length === 0 ? {} : { facts }) }
      // A line that was cut off by a full disk is ended first.
      const start = dropped === 0 ? '' : '\n'
      append(Buffer.from(`${start}${JSON.stringify(redactValue(redactor, entry))}\n`, 'utf8'))
      dropped = 0
    } catch {
      dropped += 1
      close()
    }
  }

  return {
    info: (message, facts) => write('info', message, facts),
    warn: (message, facts) => write('warn', message, facts),
    error: (message, facts) => write('error', message, facts),
    close: () => {
      ended = true
      close()
    },
  }
}

/** Housekeeping that may fail without harm. */
function attempt(work: () => unknown): void {
  try {
    work()
  } catch {
    // The next line tries again.
  }
}

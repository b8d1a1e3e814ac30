import { FabulaError, ProviderError } from '@contract/errors'
import { createFileLogger } from '@main/platform/file-logger'
import { createRedactor } from '@main/platform/redact'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const SECRET = 'planted "key" / of 2026'
const clock = { now: () => Date.UTC(2026, 0, 2, 3, 4, 5) }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fabula-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const logger = (options: { maxBytes?: number } = {}) => {
  const redactor = createRedactor()
  redactor.add(SECRET)
  return createFileLogger({ folder: join(folder, 'logs'), redactor, clock, ...options })
}
const read = (name: string) => readFileSync(join(folder, 'logs', name), 'utf8')
const lines = (name: string): unknown[] =>
  read(name)
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line))

describe('the log file', () => {
  it('has one JSON line for each event, readable by its owner only', () => {
    const log = logger()
    log.info('started', { took: 12 })
    log.warn('second\nline')
    log.close()
    expect(lines('fabula.log')).toEqual([
      { time: '2026-01-02T03:04:05.000Z', level: 'info', message: 'started', facts: { took: 12 } },
      { time: '2026-01-02T03:04:05.000Z', level: 'warn', message: 'second\nline' },
    ])
    expect(statSync(join(folder, 'logs', 'fabula.log')).mode & 0o077).toBe(0)
  })

  it('never shows a planted secret, wherever it hides', () => {
    const log = logger()
    const error = new FabulaError(ProviderError.Unauthorized, `refused ${SECRET}`, {
      details: { provider: 'Fake', providerMessage: SECRET },
      cause: new Error(`inner ${SECRET}`, { cause: SECRET }),
    })
    log.error(`message ${SECRET}`, {
      error,
      [SECRET]: 'as a name',
      deep: [{ list: [`x${SECRET}x`] }],
      json: JSON.stringify({ key: SECRET }),
      address: `https://h/?q=${encodeURIComponent(SECRET)}`,
      header: `Basic ${Buffer.from(`user:${SECRET}`).toString('base64')}`,
      bytes: Buffer.from(SECRET),
      apiKey: 'never registered',
    })
    log.close()
    const text = read('fabula.log')
    expect(text).not.toMatch(/planted|of 2026|never registered/)
    expect(text).not.toContain(Buffer.from(SECRET).toString('base64').slice(0, 12))
    expect(lines('fabula.log')).toMatchObject([
      {
        facts: {
          error: { code: ProviderError.Unauthorized, cause: { message: 'inner [redacted]' } },
          bytes: '[23 bytes]',
        },
      },
    ])
  })

  it('takes any value: cycles, big numbers, functions, getters that throw, endless depth', () => {
    const log = logger()
    const cycle: Record<string, unknown> = { big: 10n, not: Number.NaN, call: () => 1, none: undefined }
    cycle['self'] = cycle
    cycle['trap'] = Object.defineProperty({}, 'x', {
      enumerable: true,
      get: () => {
        throw new Error('trap')
      },
    })
    cycle['deep'] = Array.from({ length: 50 }).reduce<unknown>((inner) => [inner], 'bottom')
    cycle['long'] = 'y'.repeat(100_000)
    log.info('odd', cycle)
    log.close()
    expect(lines('fabula.log')).toMatchObject([
      { facts: { big: '10', not: 'NaN', call: '[function]', self: '[circular]', trap: '[unreadable]' } },
    ])
    expect(read('fabula.log').length).toBeLessThan(10_000)
  })

  it('is put aside when it is full, and three files are kept', () => {
    const log = logger({ maxBytes: 1000 })
    for (let number = 0; number < 100; number += 1) log.info(`event ${number}`)
    log.close()
    expect(readdirSync(join(folder, 'logs')).toSorted()).toEqual(['fabula.1.log', 'fabula.2.log', 'fabula.log'])
    const kept = ['fabula.2.log', 'fabula.1.log', 'fabula.log'].map(read).join('')
    const numbers = [...kept.matchAll(/event (\d+)/g)].map((match) => Number(match[1]))
    expect(numbers.at(-1)).toBe(99)
    expect(numbers).toEqual(numbers.map((_, index) => 100 - numbers.length + index))
    for (const name of readdirSync(join(folder, 'logs')))
      expect(statSync(join(folder, 'logs', name)).size).toBeLessThanOrEqual(1000)
  })

  it('goes on where the last start ended', () => {
    for (const start of [1, 2]) {
      const log = logger()
      log.info(`start ${start}`)
      log.close()
    }
    expect(lines('fabula.log')).toMatchObject([{ message: 'start 1' }, { message: 'start 2' }])
  })
})

describe('a log that cannot be written', () => {
  it('never throws, and says afterwards how many lines were lost', () => {
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be')
    const log = logger()
    log.info('lost 1')
    log.error('lost 2')
    rmSync(join(folder, 'logs'))
    log.info('back')
    log.info('usual')
    log.close()
    expect(lines('fabula.log')).toMatchObject([{ message: 'back', dropped: 2 }, { message: 'usual' }])
    expect(lines('fabula.log')[1]).not.toHaveProperty('dropped')
  })

  it.skipIf(process.platform !== 'linux')('never throws on a full disk', () => {
    mkdirSync(join(folder, 'logs'))
    symlinkSync('/dev/full', join(folder, 'logs', 'fabula.log'))
    const log = logger()
    log.info('no room for this')
    rmSync(join(folder, 'logs', 'fabula.log'))
    log.info('room again')
    log.close()
    expect(lines('fabula.log')).toMatchObject([{ message: 'room again', dropped: 1 }])
  })
})

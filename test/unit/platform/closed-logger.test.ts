import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { systemClock } from '@main/platform/clock'
import { createFileLogger } from '@main/platform/file-logger'
import { createRedactor } from '@main/platform/redact'
import { temporaryFolder } from '@test/helpers/temporary-folder'

it('leaves the data folder alone once it is closed, whoever still has something to say', () => {
  const temporary = temporaryFolder()
  onTestFinished(temporary.remove)
  const folder = join(temporary.path, 'logs')
  const logger = createFileLogger({ folder, redactor: createRedactor(), clock: systemClock })
  logger.info('first')
  logger.close()
  rmSync(folder, { recursive: true })
  logger.warn('late')
  expect(existsSync(folder)).toBe(false)
})

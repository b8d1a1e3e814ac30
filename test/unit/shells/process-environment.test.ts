import { afterEach, expect, it, vi } from 'vitest'
import { spawnSync } from 'node:child_process'
import { takeEnvironment } from '@main/shells/process-environment'

afterEach(() => vi.unstubAllEnvs())

it('keeps the master key for Fabula and from every program that it starts', () => {
  vi.stubEnv('FABULA_VAULT_KEY', 'planted')
  vi.stubEnv('FABULA_DATA_DIR', '/stories')
  expect(takeEnvironment()).toMatchObject({ FABULA_VAULT_KEY: 'planted', FABULA_DATA_DIR: '/stories' })
  const { stdout } = spawnSync(process.execPath, ['-p', 'JSON.stringify(process.env)'], { encoding: 'utf8' })
  expect(stdout).toContain('/stories')
  expect(stdout).not.toContain('planted')
})

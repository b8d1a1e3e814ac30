import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** A machine that does much else at once is this slow. */
const SHORTEST_WAIT_MS = 30_000

const sources = globSync('test/{unit,integration,component,e2e,helpers}/**/*.{ts,tsx}').filter(
  (file) => !file.endsWith('patience.test.ts')
)

it('no test waits for so short a time that it fails on a machine that is busy', () => {
  const short = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\b(?:timeout: |setDefaultTimeout\()([\d_]+)/g)]
      .filter(([, ms]) => Number(ms?.replaceAll('_', '')) < SHORTEST_WAIT_MS)
      .map(([text]) => `${file}: ${text}`)
  )
  expect(sources.length).toBeGreaterThan(100)
  expect(short).toEqual([])
})

it('tests wait by what `vitest.config.ts` gives them: vi.waitFor and vi.waitUntil end after a second', () => {
  expect(sources.filter((file) => /\bvi\.wait(For|Until)\b/.test(readFileSync(file, 'utf8')))).toEqual([])
})

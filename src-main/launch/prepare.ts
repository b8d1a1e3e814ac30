// Builds the app when its sources changed, for `npm test` and the benchmarks.
import { join } from 'node:path'
import { buildIfStale } from './build.ts'

try {
  await buildIfStale(join(import.meta.dirname, '../..'))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

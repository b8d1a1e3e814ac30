// `npm start`: builds what is needed and opens Fabula. Node runs this file as it is: types are stripped, so imports are
// relative and named with their endings.
import { join } from 'node:path'
import { buildIfStale } from './build.ts'
import { parseLaunchOptions } from './options.ts'
import { openShell } from './shells.ts'

try {
  const options = parseLaunchOptions(process.argv.slice(2), process.env)
  const root = join(import.meta.dirname, '../..')
  await buildIfStale(root)
  process.exitCode = await openShell(root, options, process.env)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

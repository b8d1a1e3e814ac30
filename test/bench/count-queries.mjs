// Loaded into the core's process before its own files (`node --import`): counts the statements that its main thread runs,
// and says the number to whoever connects to the socket FABULA_BENCH_SOCKET.
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'

const socket = process.env['FABULA_BENCH_SOCKET']
const project = process.env['FABULA_BENCH_PROJECT']

if (isMainThread && socket && project) {
  const Database = createRequire(join(project, 'package.json'))('better-sqlite3')
  let queries = 0
  const probe = new Database(':memory:')
  const statements = Object.getPrototypeOf(probe.prepare('SELECT 1'))
  probe.close()
  for (const name of ['run', 'get', 'all', 'iterate']) {
    const own = statements[name]
    statements[name] = function (...values) {
      queries += 1
      return own.apply(this, values)
    }
  }
  // One that was killed has left its own.
  rmSync(socket, { force: true })
  createServer((client) => client.end(String(queries)))
    .listen(socket)
    .unref()
}

import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'

/** Counts the statements that this thread runs from now on, of every database, until the test ends. */
export function countStatements(): () => number {
  const probe = new Database(':memory:')
  const statements: unknown = Object.getPrototypeOf(probe.prepare('SELECT 1'))
  probe.close()
  if (typeof statements !== 'object' || statements === null) throw new Error('Statements have no prototype')
  let count = 0
  for (const name of ['run', 'get', 'all', 'iterate']) {
    const own: unknown = Reflect.get(statements, name)
    if (typeof own !== 'function') throw new Error(`A statement cannot ${name}`)
    Reflect.set(statements, name, function (this: unknown, ...values: unknown[]): unknown {
      count += 1
      return Reflect.apply(own, this, values)
    })
    onTestFinished(() => void Reflect.set(statements, name, own))
  }
  return () => count
}

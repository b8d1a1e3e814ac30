import { sentError } from '@test/helpers/sent-error'
import { describe, expect, it } from 'vitest'
import { CommonError, FabulaError, StorageError } from '@contract/errors'
import { routes } from '@contract/routes'
import { createToUserError } from '@main/ipc/to-user-error'
import { createRouteCaller, createRouter, type Handlers } from '@main/ipc/router'
import type { Logger } from '@main/platform/logger'
import { createRedactor } from '@main/platform/redact'
import { testStores } from '@test/helpers/test-stores'

const SECRET = 'sk-planted-0123456789abcdef'

function setUp(failure: unknown, storageProblem: FabulaError | null = null) {
  const logged: unknown[] = []
  const log = (message: string, facts?: Record<string, unknown>) => void logged.push({ message, facts })
  const logger: Logger = { info: log, warn: log, error: log }
  const redactor = createRedactor()
  redactor.add(SECRET)
  const toUserError = createToUserError({ logger, redactor, dataDir: '/data', storageProblem })
  const handler = () => {
    throw failure
  }
  // Every route fails in the same way: what is tested is how the router says so.
  const handlers = Object.fromEntries(Object.keys(routes).map((name) => [name, handler])) as unknown as Handlers
  return { request: createRouter(createRouteCaller(handlers), toUserError), logged }
}

describe('the router', () => {
  it.each(['', 'no.such', 'constructor', '__proto__', 'toString', 'x'.repeat(5000)])(
    'knows no route %#, and does not repeat a long name',
    async (route) => {
      const answer = await setUp(null).request(route, {})
      expect(answer).toMatchObject({ ok: false, error: { code: 'unknown_route' } })
      expect(JSON.stringify(answer).length).toBeLessThan(400)
    }
  )

  it('says which field of the input is wrong', async () => {
    const { request } = setUp(null)
    expect(await request('messages.page', { storyId: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'bad_input', details: { path: 'storyId' } },
    })
    expect(await request('messages.page', undefined)).toMatchObject({ ok: false, error: { details: { path: '' } } })
    expect(await request('app.status', { more: 1 })).toMatchObject({ ok: false, error: { code: 'bad_input' } })
  })

  it('says of a reference that leads nowhere that it does', async () => {
    const { db } = testStores()
    const write = () => db.prepare("INSERT INTO model_lists (provider_id) VALUES ('nobody')").run()
    expect(write).toThrow(/FOREIGN KEY/)
    let failure: unknown
    try {
      write()
    } catch (error) {
      failure = error
    }
    const { request, logged } = setUp(failure)
    expect(await request('app.status', {})).toMatchObject({ ok: false, error: { code: 'reference_broken' } })
    expect(logged).toEqual([])
    db.close()
  })

  it('gives no detail of what nobody foresaw, and writes it into the log', async () => {
    const { request, logged } = setUp(new TypeError('cannot read the secret plan'))
    const answer = await request('app.status', {})
    expect(answer).toEqual({
      ok: false,
      error: {
        code: CommonError.Internal,
        message: 'Unexpected internal error. The log has details',
        details: {},
        retryable: false,
      },
    })
    expect(JSON.stringify(logged)).toContain('cannot read the secret plan')
  })

  it.each([['a string'], [undefined], [null], [{ toString: null }]])('survives that %o is thrown', async (thrown) => {
    expect(await setUp(thrown).request('app.status', {})).toMatchObject({ ok: false, error: { code: 'internal' } })
  })

  it('lets no secret pass in an error', async () => {
    const failure = sentError(CommonError.NotFound, `no ${SECRET}`, { details: { a: [SECRET], [SECRET]: 1 } })
    const answer = await setUp(failure).request('app.status', {})
    expect(answer).toMatchObject({ ok: false, error: { code: 'not_found' } })
    expect(JSON.stringify(answer)).not.toContain(SECRET)
  })

  it.each([
    ['SQLITE_FULL', 'storage_full'],
    ['ENOSPC', 'storage_full'],
    ['SQLITE_READONLY_DBMOVED', 'storage_readonly'],
    ['SQLITE_CORRUPT_VTAB', 'database_damaged'],
    ['SQLITE_IOERR_WRITE', 'storage_failed'],
    ['SQLITE_CONSTRAINT_UNIQUE', 'internal'],
  ])('tells a failing disk from a mistake: %s is %s', async (code, expected) => {
    const answer = await setUp(Object.assign(new Error('x'), { code })).request('app.status', {})
    expect(answer).toMatchObject({ ok: false, error: { code: expected } })
  })

  it('gives the true reason where nothing can be saved from the start', async () => {
    const problem = new FabulaError(StorageError.DataFolderInUse, 'in use', { details: { folder: '/data' } })
    const failure = Object.assign(new Error('x'), { code: 'SQLITE_READONLY' })
    expect(await setUp(failure, problem).request('app.status', {})).toMatchObject({
      ok: false,
      error: { code: 'data_folder_in_use' },
    })
  })
})

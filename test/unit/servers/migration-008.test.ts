import { sentError } from '@test/helpers/sent-error'
import { expect, it } from 'vitest'
import { Pull } from '@contract/entities/pull'
import { JobId, ServerId } from '@contract/ids'
import { openDatabase } from '@main/data/database'
import { createJobStore } from '@main/data/job-store'
import { jsonColumn } from '@main/data/json-column'
import { migrations } from '@main/data/migrations'
import { migrate } from '@main/data/migrator'
import { createServerStore } from '@main/data/server-store'
import { newId } from '@main/platform/ids'

const NOW = '2026-01-02T03:04:05.000Z'

it('pulls of the version before are jobs with all that was known of them, and go with their server', () => {
  const db = openDatabase(':memory:')
  migrate(
    db,
    () => null,
    migrations.filter(({ version }) => version <= 7)
  )
  const serverId = newId(ServerId)
  db.prepare(
    `INSERT INTO servers (id, name, url, is_default, created_at) VALUES (?, 'A', 'http://127.0.0.1:1', 1, '${NOW}')`
  ).run(serverId)
  const layers = [{ digest: 'sha256:a', total: 4000, completed: 2000 }]
  const error = sentError('provider_unreachable', 'gone', { details: { host: 'attic' } }).toShape()
  const insert = db.prepare(`INSERT INTO pulls VALUES (?, ?, ?, ?, 'pulling', ?, ?, ?, '${NOW}')`)
  const ids = ['waiting', 'pulling', 'stopped', 'failed', 'done'].map((state, at) => {
    const id = newId(JobId)
    const kept = state === 'failed' ? JSON.stringify({ version: 1, value: error }) : null
    const created = `2026-01-0${at + 1}T00:00:00.000Z`
    insert.run(id, serverId, `m${at}`, state, JSON.stringify({ version: 1, value: layers }), kept, created)
    return id
  })

  migrate(
    db,
    () => null,
    migrations.filter(({ version }) => version <= 8)
  )
  const jobs = createJobStore(db)
  const rows = jobs.list().toReversed()
  expect(rows.map(({ id, state }) => [id, state])).toEqual([
    [ids[0], 'waiting'],
    [ids[1], 'running'],
    [ids[2], 'stopped'],
    [ids[3], 'failed'],
    [ids[4], 'done'],
  ])
  const [, running, , failed] = rows
  expect(running).toMatchObject({ kind: 'pull', key: `server/${serverId}`, subject: `${serverId}/m1`, serverId })
  expect(jsonColumn(Pull.shape.input).decode(running?.input ?? '')).toEqual({ serverId, model: 'm1', insecure: false })
  expect(jsonColumn(Pull.shape.progress).decode(running?.progress ?? '')).toEqual({ status: 'pulling', layers })
  expect(failed?.error).toEqual(error)

  createServerStore(db).remove(serverId)
  expect(jobs.list()).toEqual([])
  db.close()
})

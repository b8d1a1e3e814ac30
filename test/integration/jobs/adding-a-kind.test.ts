import { expect, it, onTestFinished } from 'vitest'
import { changeSources } from '@test/helpers/changed-sources'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { startTestCore } from '@test/helpers/test-core'

const KIND = `
import { z } from 'zod'
import { jsonColumn } from '@main/data/json-column'
import type { JobKind } from '@main/jobs/job-kind'

const Input = z.strictObject({ upTo: z.number().int() })
const Progress = z.strictObject({ count: z.number().int() })

export const countKind: JobKind<z.infer<typeof Input>, z.infer<typeof Progress>> = {
  id: 'count',
  schema: Input,
  input: jsonColumn(Input),
  progress: jsonColumn(Progress),
  nothingYet: { count: 0 },
  place: ({ upTo }) => ({ key: 'counting', subject: String(upTo), serverId: null }),
  run: async ({ input, progress, report }) => {
    for (let count = progress.count; count <= input.upTo; count += 1) report({ count })
  },
}
`

it('a kind of job is added by one file and one line, and the window can begin, follow and remove it', async () => {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  const sources = await changeSources(folder.path)
  onTestFinished(() => sources.close())
  sources.add('src-main/jobs/count-kind.ts', KIND)
  sources.edit(
    'src-main/core/job-kinds.ts',
    'registered(createPullKind(ports)),',
    'registered(createPullKind(ports)), registered(countKind),'
  )
  sources.edit(
    'src-main/core/job-kinds.ts',
    'type Ports',
    "import { countKind } from '@main/jobs/count-kind'\n\ntype Ports"
  )

  const core = await startTestCore({ openCore: await sources.openCore() })
  onTestFinished(core.close)
  const job = await core.ask('jobs.start', { kind: 'count', input: { upTo: 1000 } })
  await expect.poll(() => core.ask('jobs.list', { kind: 'count' })).toMatchObject([{ id: job.id, state: 'done' }])
  expect(await core.ask('jobs.list', { kind: 'count' })).toMatchObject([{ progress: { count: 1000 } }])
  expect(core.events.filter(({ name }) => name === 'job.progress').length).toBeGreaterThan(0)
  expect((await core.refusal('jobs.start', { kind: 'count', input: { upTo: 'ten' } })).code).toBe('bad_input')
  await core.ask('jobs.remove', { id: job.id })
  expect(await core.ask('jobs.list', { kind: 'count' })).toEqual([])
})

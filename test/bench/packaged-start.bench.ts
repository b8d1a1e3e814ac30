import { join } from 'node:path'
import { describe, it, onTestFinished } from 'vitest'
import stories from '@resources/locales/en/stories.json'
import { AppProcess, PROJECT_FOLDER, appEnvironment } from '@test/helpers/app-process'
import { packApp, startPackagedApp } from '@test/helpers/packaged-app'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { electronMissing, startDisplay, testElectron } from '@test/helpers/test-electron'

/** One more round of each comes first. */
const ROUNDS = { iterations: 8, time: 0, warmupIterations: 1, warmupTime: 0 }

const missing = process.platform === 'linux' ? electronMissing : 'made for Linux here'

describe.skipIf(missing !== null)('start of the packed app beside the unpacked one', () => {
  it(
    'from the start of the process to the first picture, and to a window one can work in',
    { timeout: 600_000 },
    async ({ bench }) => {
      const folder = temporaryFolder()
      const display = await startDisplay()
      onTestFinished(async () => {
        await display.stop()
        folder.remove()
      })
      const packed = await packApp(join(folder.path, 'made'), join(folder.path, 'packed'), {})
      const dataDir = join(folder.path, 'data')
      const first = await AppProcess.start({ dataDir })
      await first.rpc('preferences.set', { guideDone: true })
      await first.stop()

      const painted: Record<string, number[]> = { packed: [], unpacked: [] }
      const start = async (which: 'packed' | 'unpacked') => {
        const begin = performance.now()
        const startedAt = Date.now()
        const [program, args] = which === 'packed' ? [packed, []] : [testElectron ?? '', [PROJECT_FOLDER]]
        const app = await startPackagedApp(program, appEnvironment({ dataDir, env: display.env }), { args })
        await app.page.getByRole('button', { name: stories.new }).click({ trial: true })
        const overriddenDuration = performance.now() - begin
        const paintedAt = await app.page.evaluate(() => {
          const [paint] = performance.getEntriesByName('first-contentful-paint')
          return performance.timeOrigin + (paint?.startTime ?? 0)
        })
        painted[which]?.push(paintedAt - startedAt)
        await app.quit()
        return { overriddenDuration }
      }
      const results = await bench.compare(
        bench('unpacked', { async: true }, () => start('unpacked')),
        bench('packed', { async: true }, () => start('packed')),
        ROUNDS
      )
      const [before, now] = [results.get('unpacked').latency.p50, results.get('packed').latency.p50]
      const [paintBefore, paintNow] = [median(painted['unpacked'] ?? []), median(painted['packed'] ?? [])]
      console.log(`first picture: unpacked ${paintBefore.toFixed(0)} ms, packed ${paintNow.toFixed(0)} ms`)
      console.log(`to work in: unpacked ${before.toFixed(0)} ms, packed ${now.toFixed(0)} ms (medians)`)
    }
  )
})

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

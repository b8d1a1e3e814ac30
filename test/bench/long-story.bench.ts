import { cp } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { StoryId } from '@contract/ids'
import writing from '@resources/locales/en/writing.json'
import { makeStoryOf } from '@test/bench/long-story-data'
import { between, startWatchedApp, type WatchedApp } from '@test/bench/watched-app'
import { kept, openStory, toBeginning } from '@test/bench/writing-page'
import { PROJECT_FOLDER } from '@test/helpers/app-process'
import { chromiumMissing } from '@test/helpers/browser-app'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { temporaryFolder } from '@test/helpers/temporary-folder'

/**
 * Stories of 100 to 10,000 passages of 4 KB in the browser shell and Chromium. With FABULA_BENCH_BEFORE=DIR, another
 * checkout that is built, the same is done to that one in turn, on the same stories, and both are printed (docs/performance.md).
 */
const LENGTHS = [100, 1000, 10_000]
const ROUNDS = 5
const KEY_STROKES = 40
/** Pieces in which a passage streams in. */
const PIECES = 100

const before = process.env['FABULA_BENCH_BEFORE']
if (before !== undefined && !isAbsolute(before)) throw new Error('FABULA_BENCH_BEFORE takes an absolute path')
const projects = [
  ...(before === undefined ? [] : [{ name: 'before', path: before }]),
  { name: 'now', path: PROJECT_FOLDER },
]
/** Medians of each project, by what was measured. */
const figures: Record<string, Record<string, (number | null)[]>> = {}

const note = (project: string, what: string, value: number | null) =>
  ((figures[what] ??= {})[project] ??= []).push(value)

const median = (values: readonly (number | null)[] = []): number | null =>
  values.toSorted((a, b) => (a ?? 0) - (b ?? 0))[Math.floor(values.length / 2)] ?? null

describe.skipIf(chromiumMissing !== null).each(LENGTHS)('a story of %i passages', (passages) => {
  it('is opened, read, written and sent', { timeout: 3_600_000 }, async () => {
    for (const what of Object.keys(figures)) delete figures[what]
    const folder = temporaryFolder()
    onTestFinished(folder.remove)
    const fake = await startFakeOpenAi()
    onTestFinished(() => fake.stop())
    const made = join(folder.path, 'made')
    const story = await makeStoryOf(projects[0]?.path ?? PROJECT_FOLDER, made, { passages, url: fake.url })
    for (const { name, path } of projects) {
      const dataDir = join(folder.path, name)
      await cp(made, dataDir, { recursive: true })
      // The start that brings the folder up to date is not one of those that are measured.
      await (await startWatchedApp({ dataDir, project: path })).quit()
    }
    for (let round = 0; round < ROUNDS; round += 1)
      for (const { name, path } of projects) {
        const app = await startWatchedApp({ dataDir: join(folder.path, name), project: path })
        const say = (what: string, value: number | null) => note(name, what, value)
        try {
          await measure(
            { app, fake, story, last: round === 0 ? `Passage number ${passages} ` : `${ENDS}${round - 1}` },
            say
          )
          await send({ app, fake, story, round }, say)
        } finally {
          await app.kill()
        }
      }
    print(passages)
    expect(median(figures['DOM nodes then']?.['now'])).toBeLessThan(5000)
  })
})

type Say = (what: string, value: number | null) => void
/** The last words of a passage that was streamed. */
const ENDS = 'So ends round '

async function measure(
  { app, story, last }: { app: WatchedApp; fake: FakeOpenAi; story: StoryId; last: string },
  say: Say
): Promise<void> {
  const { page } = app
  const link = `a[href="#/stories/${story}"]`
  await page.locator(link).waitFor()
  // The files of the other screens come while the window is idle, as they do for someone who looks at the list.
  await page.waitForLoadState('networkidle')
  say('open, ms', await openStory(page, link, last))
  say('first passage, ms', await toBeginning(page, 'Passage number 1 '))
  const { nodes, heap } = await kept(page)
  say('DOM nodes then', nodes)
  say('heap then, MB', heap)
}

async function send(
  { app, fake, story, round }: { app: WatchedApp; fake: FakeOpenAi; story: StoryId; round: number },
  say: Say
): Promise<void> {
  const { page } = app
  await page.reload()
  const field = page.getByRole('textbox', { name: writing.composer.field })
  await field.waitFor()
  await page.waitForLoadState('networkidle')

  const line = 'I climb the stairs to the lamp and I look down at the sea'.slice(0, KEY_STROKES)
  const saved = page.waitForResponse((answer) => answer.request().postData()?.includes(line) ?? false)
  const idle = await app.work()
  await field.pressSequentially(line, { delay: 50 })
  await saved
  const typed = await app.work()
  say('queries per key stroke', between(idle, typed).queries / KEY_STROKES)

  await sendLine({ app, fake, story, ends: 'The lamp is lit.' }, (what, value) =>
    what === 'send to request, ms' ? say('first send after the start to request, ms', value) : undefined
  )
  await sendLine({ app, fake, story, ends: `${ENDS}${round}` }, say)
}

/** Sends a line, as the composer does, to a model that streams its answer in pieces. */
async function sendLine(
  { app, fake, story, ends }: { app: WatchedApp; fake: FakeOpenAi; story: StoryId; ends: string },
  say: Say
): Promise<void> {
  const { page } = app
  const idle = await app.work()
  const pieces = Array.from({ length: PIECES }, (_, piece) => `The lamp turns for the ${piece}th time. `)
  fake.answerWith(chatReply.stream([...pieces, ends]))
  const arrived = fake.nextRequest('/chat/completions')
  const begin = performance.now()
  await app.process.rpc('turns.start', { storyId: story, kind: 'send', text: 'I go on.' })
  await arrived
  say('send to request, ms', performance.now() - begin)
  await page.locator('[role="feed"]').getByText(ends).last().waitFor()
  await page.getByRole('button', { name: writing.composer.send }).waitFor()
  const { queries, read, written } = between(idle, await app.work())
  say('queries per streamed passage', queries)
  say('read per sent passage, KB', read === null ? null : read / 1024)
  say('written per sent passage, KB', written === null ? null : written / 1024)
}

/** A table in Markdown, as docs/performance.md has it. */
function print(passages: number): void {
  const shown = (value: number | null) =>
    value === null ? '–' : value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')
  const rows = Object.entries(figures).map(([what, of]) => {
    const now = median(of['now'])
    if (before === undefined) return `| ${what} | ${shown(now)} |`
    const then = median(of['before'])
    const ratio = then === null || now === null || then === 0 ? '–' : (now / then).toFixed(2)
    return `| ${what} | ${shown(then)} | ${shown(now)} | ${ratio} |`
  })
  const columns = before === undefined ? ['now'] : ['before', 'now', 'ratio']
  console.log(
    [
      `| ${passages.toLocaleString('en')} passages | ${columns.join(' | ')} |`,
      `| --- | ${columns.map(() => '--:').join(' | ')} |`,
      ...rows,
    ].join('\n')
  )
}

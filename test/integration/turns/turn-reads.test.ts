import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { StoryId } from '@contract/ids'
import { openDatabase } from '@main/data/database'
import { createStores } from '@main/data/stores'
import { chatReply } from '@test/helpers/chat-reply'
import { countStatements } from '@test/helpers/count-statements'
import { startFakeOpenAi } from '@test/helpers/fake-openai'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { addPassages } from '@test/helpers/test-stores'
import { fakeProvider, storyWith } from '@test/helpers/test-story'

/** Fewer passages than either story has. */
const WINDOW = { samplers: { num_ctx: 800, max_tokens: 100 } }
const TURNS = 3

async function storyOf(app: TestCore, url: string, passages: number): Promise<StoryId> {
  const { id } = await storyWith(app, { ...(await fakeProvider(app, url, { name: `Fake ${passages}` })), ...WINDOW })
  const db = openDatabase(join(app.dataDir, 'fabula.sqlite'))
  addPassages(createStores(db), id, passages)
  db.close()
  return id
}

it('a turn asks the database as little in a story of 3,000 passages as in one of 100', async () => {
  const fake = await startFakeOpenAi()
  onTestFinished(() => fake.stop())
  fake.alwaysAnswerWith(chatReply.stream(['The lamp is lit.']))
  const app = await startTestCore()
  onTestFinished(app.close)
  const statements = countStatements()
  /** The least of some turns: what runs in the background meanwhile counts, too. */
  const leastOf = async (passages: number) => {
    const storyId = await storyOf(app, fake.url, passages)
    const counts: number[] = []
    for (let turn = 0; turn < TURNS; turn += 1) {
      const before = statements()
      expect((await app.turn({ storyId, kind: 'send', text: 'I go on.' })).outcome).toBe('complete')
      await app.ask('stories.context', { id: storyId })
      counts.push(statements() - before)
    }
    return Math.min(...counts)
  }
  const short = await leastOf(100)
  expect(await leastOf(3000)).toBeLessThanOrEqual(short + 5)
})

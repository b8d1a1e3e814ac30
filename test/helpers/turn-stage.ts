import { onTestFinished } from 'vitest'
import { z } from 'zod'
import type { ModelSettings } from '@contract/entities/model-config'
import type { Story } from '@contract/entities/story'
import { startFakeOpenAi, type FakeOpenAi } from './fake-openai'
import { startTestCore, type TestCore } from './test-core'
import { fakeProvider, passagesOf, storyWith } from './test-story'

/** A core and a fake provider that is its only way to a model; both end with the test. */
export interface TurnStage {
  app: TestCore
  fake: FakeOpenAi
  /** A story whose main role asks the fake. */
  story(more?: ModelSettings): Promise<Story>
  texts(story: Pick<Story, 'id'>): Promise<string[]>
  /** The messages of each chat request so far. */
  sent(): { role: string; content: string }[][]
}

const Chat = z.looseObject({ messages: z.array(z.object({ role: z.string(), content: z.string() })) })

export async function openStage(): Promise<TurnStage> {
  const app = await startTestCore()
  onTestFinished(() => app.close())
  const fake = await startFakeOpenAi()
  onTestFinished(() => fake.stop())
  return {
    app,
    fake,
    story: async (more = {}) => storyWith(app, { ...(await fakeProvider(app, fake.url)), ...more }),
    texts: async (story) => (await passagesOf(app, story)).map(({ text }) => text),
    sent: () => fake.chats().map((body) => Chat.parse(body).messages),
  }
}

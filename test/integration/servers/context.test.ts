import { afterEach, describe, expect, it } from 'vitest'
import type { ModelSettings } from '@contract/entities/model-config'
import type { ContextUse, Story } from '@contract/entities/story'
import { startFakeOllama, type FakeOllama } from '@test/helpers/fake-ollama'
import { ollamaReply } from '@test/helpers/ollama-reply'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { providerOf, storyWith } from '@test/helpers/test-story'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close()
})

async function scene(contextLength: number, settings: ModelSettings = {}, storyteller?: ModelSettings) {
  const fake = await startFakeOllama({ models: [{ name: 'llama-test:8b', contextLength }] })
  open.push({ close: () => fake.stop() })
  const core = await startTestCore()
  open.push(core)
  const server = await core.ask('servers.add', { name: 'Attic', url: fake.url })
  await core.ask('servers.check', { id: server.id })
  const { id: providerId } = await providerOf(core, 'ollama')
  const model = { providerId, model: 'llama-test:8b' }
  const story = await storyWith(core, { ...model, ...settings }, storyteller && { ...model, ...storyteller })
  return { fake, core, story }
}

/** Writes a passage of this many words. */
async function passage(core: TestCore, fake: FakeOllama, story: Story, words: number) {
  fake.answerWith(ollamaReply.stream([`${'lantern '.repeat(words)}.`]))
  expect((await core.turn({ storyId: story.id, kind: 'send', text: 'Go on.' })).outcome).toBe('complete')
}

/** Tokens of each part. */
const tokensOf = (use: ContextUse | null): Partial<Record<string, number>> =>
  Object.fromEntries(use?.sections.map(({ id, tokens }) => [id, tokens]) ?? [])

const numCtx = (fake: FakeOllama) => {
  const last: unknown = fake.chats().at(-1)
  return JSON.parse(JSON.stringify(last)).options.num_ctx as unknown
}

describe('the context of the next turn', () => {
  it('is measured by section, within what the model is made for, and says what the server is asked for', async () => {
    const { core, fake, story } = await scene(32_768)
    await passage(core, fake, story, 200)
    expect(numCtx(fake)).toBe(8192)
    const use = await core.ask('stories.context', { id: story.id })
    expect(use).toMatchObject({ role: 'main', window: 32_768, known: true, asked: 8192, leftOut: 0 })
    expect(tokensOf(use)['instructions']).toBeGreaterThan(20)
    expect(tokensOf(use)['history']).toBeGreaterThan(400)
    expect(tokensOf(use)['draft']).toBeUndefined()
    expect(use?.answer).toBe(1024)
  })

  it('grows with the story: the server is asked for more before a word is lost', async () => {
    const { core, fake, story } = await scene(32_768)
    await passage(core, fake, story, 3500)
    expect(await core.ask('stories.context', { id: story.id })).toMatchObject({ asked: 16_384, leftOut: 0 })
    await passage(core, fake, story, 10)
    expect(numCtx(fake)).toBe(16_384)
  })

  it('says how many passages the model will not know of, and no more is sent than fits', async () => {
    const { core, fake, story } = await scene(2048)
    for (let turn = 0; turn < 3; turn += 1) await passage(core, fake, story, 200)
    const use = await core.ask('stories.context', { id: story.id })
    expect(use?.window).toBe(2048)
    expect(use?.leftOut).toBeGreaterThan(0)
    const used = (use?.sections ?? []).reduce((sum, { tokens }) => sum + tokens, use?.answer ?? 0)
    expect(used).toBeLessThanOrEqual(2048)
  })

  it('is what the user set, but never more than the model can', async () => {
    const { core, story } = await scene(8192, { samplers: { num_ctx: 4096 } })
    expect(await core.ask('stories.context', { id: story.id })).toMatchObject({
      window: 4096,
      asked: 4096,
      limit: 8192,
    })
    await core.ask('stories.override', { id: story.id, role: 'main', changes: { 'samplers.num_ctx': 100_000 } })
    expect(await core.ask('stories.context', { id: story.id })).toMatchObject({ window: 8192 })
  })

  it('is that of the storyteller when it has less room, with the draft that it rewrites', async () => {
    const { core, story } = await scene(32_768, {}, { samplers: { num_ctx: 4096 } })
    const use = await core.ask('stories.context', { id: story.id })
    expect(use).toMatchObject({ role: 'storyteller', window: 4096 })
    expect(tokensOf(use)['draft']).toBeGreaterThan(1024)
  })

  it('is unknown while no model can be called', async () => {
    const core = await startTestCore()
    open.push(core)
    const story = await storyWith(core, {})
    expect(await core.ask('stories.context', { id: story.id })).toBeNull()
  })
})

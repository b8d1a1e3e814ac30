import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ModelSettings } from '@contract/entities/model-config'
import { chatReply } from '@test/helpers/chat-reply'
import { stallReply } from '@test/helpers/fake-server'
import { createGate } from '@test/helpers/gate'
import { fakeProvider, lastPassage, storyWith } from '@test/helpers/test-story'
import { openStage, type TurnStage } from '@test/helpers/turn-stage'

const Sent = z.looseObject({ model: z.string() })
const brokenOff = (words: string) => chatReply.errorInStream([words], { code: 502, message: 'Upstream failed' })

let stage: TurnStage
beforeEach(async () => {
  stage = await openStage()
})

/** A story whose drafts go to `drafter`, and which the storyteller tells. */
async function storyOfTwo(drafting: ModelSettings = {}) {
  const settings = await fakeProvider(stage.app, stage.fake.url)
  return storyWith(stage.app, { ...settings, model: 'drafter', ...drafting }, { ...settings, model: 'teller' })
}
const models = () => stage.fake.chats().map((body) => Sent.parse(body).model)

describe('a draft that breaks off after its first words', () => {
  it('is begun anew by the same model, and nothing of it is left', async () => {
    const story = await storyOfTwo({ retries: 1 })
    stage.fake.answerWith(
      brokenOff('Half a DRAFT'),
      chatReply.stream(['A whole one.']),
      chatReply.stream(['The TALE.'])
    )
    const ended = await stage.app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    expect(ended).toMatchObject({ outcome: 'complete', error: null })
    expect(models()).toEqual(['drafter', 'drafter', 'teller'])
    expect(stage.sent()[2]?.at(-1)?.content).toContain('<draft>\nA whole one.\n</draft>')
    expect(await stage.texts(story)).toEqual(['Go.', 'The TALE.'])
  })

  it('is followed by the next model of the chain', async () => {
    const story = await storyOfTwo()
    const { providerId } = await fakeProvider(stage.app, stage.fake.url, { name: 'Backup' })
    const backup = { name: 'Backup', kind: 'chat' as const, settings: { providerId, model: 'backup' } }
    const { id } = await stage.app.ask('modelConfigs.create', backup)
    const { fallback } = await stage.app.ask('presets.get', { id: story.presetId })
    const chains = { ...fallback.chains, errors: [id] }
    await stage.app.ask('presets.update', { id: story.presetId, patch: { fallback: { ...fallback, chains } } })
    stage.fake.answerWith(brokenOff('Half a DRAFT'), chatReply.stream(['Another’s.']), chatReply.stream(['The TALE.']))
    expect(await stage.app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })).toMatchObject({
      outcome: 'complete',
    })
    expect(models()).toEqual(['drafter', 'backup', 'teller'])
    expect(stage.sent()[2]?.at(-1)?.content).toContain('<draft>\nAnother’s.\n</draft>')
  })

  it.each([
    ['before the first byte', stallReply(createGate())],
    ['after the headers', chatReply.bytes([{ do: 'headers' }, { wait: createGate() }])],
  ])('or whose first word does not come in time, %s, is asked for again', async (_when, silence) => {
    const story = await storyOfTwo({ retries: 1, timeouts: { firstTokenMs: 1000 } })
    stage.fake.answerWith(silence, chatReply.stream(['A whole one.']), chatReply.stream(['The TALE.']))
    expect(await stage.app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })).toMatchObject({
      outcome: 'complete',
    })
    expect(models()).toEqual(['drafter', 'drafter', 'teller'])
  })

  it('is no reason to begin anew what the reader sees', async () => {
    const story = await storyOfTwo({ retries: 1 })
    stage.fake.answerWith(
      chatReply.stream(['A draft.']),
      brokenOff('Half a TALE'),
      chatReply.stream(['Never asked for.'])
    )
    const ended = await stage.app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    expect(ended).toMatchObject({ outcome: 'failed', error: { code: 'provider_server_failed' } })
    expect(await lastPassage(stage.app, story)).toMatchObject({ text: 'Half a TALE', state: 'failed' })
  })
})

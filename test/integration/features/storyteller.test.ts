import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { RoleId } from '@contract/ids'
import { chatReply } from '@test/helpers/chat-reply'
import { createGate } from '@test/helpers/gate'
import { fakeProvider, lastPassage, storyWith } from '@test/helpers/test-story'
import { openStage, type TurnStage } from '@test/helpers/turn-stage'

const STORYTELLER = RoleId.parse('storyteller')

let stage: TurnStage
beforeEach(async () => {
  stage = await openStage()
})
const storyOfTwo = async () => {
  const settings = await fakeProvider(stage.app, stage.fake.url)
  return storyWith(stage.app, { ...settings, model: 'drafter' }, { ...settings, model: 'teller' })
}
const counted = (cost: number) => ({ usage: { prompt_tokens: 1, completion_tokens: 1, cost } })

describe('a turn with a storyteller', () => {
  it('shows the rewritten draft only', async () => {
    const { app, fake } = stage
    fake.answerWith(chatReply.stream(['The DRAFT.'], counted(0.25)), chatReply.stream(['The TALE.'], counted(0.5)))
    const story = await storyOfTwo()
    await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    expect(await stage.texts(story)).toEqual(['Go.', 'The TALE.'])
    expect((await lastPassage(app, story)).writtenBy).toMatchObject({
      role: 'storyteller',
      model: 'teller',
      cost: 0.75,
    })
    const models = fake.chats().map((body) => z.looseObject({ model: z.string() }).parse(body).model)
    expect(models).toEqual(['drafter', 'teller'])
    expect(stage.sent()[1]?.at(-1)?.content).toContain('<draft>\nThe DRAFT.\n</draft>')
    const steps = app.events.filter((event) => event.name === 'turn.step').map(({ payload }) => payload)
    expect(steps.map(({ role }) => role)).toEqual(['main', 'storyteller'])
    expect(steps.map(({ messageId }) => messageId === null)).toEqual([true, false])
  })

  it('leaves the line alone when the draft fails or is stopped', async () => {
    const { app, fake } = stage
    const gate = createGate()
    fake.answerWith(chatReply.error(400, 'no'), chatReply.stream(['half a draft', gate]))
    const story = await storyOfTwo()
    expect((await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })).outcome).toBe('failed')
    const { turnId } = await app.ask('turns.start', { storyId: story.id, kind: 'retry' })
    await gate.reached
    await app.ask('turns.stop', { storyId: story.id })
    const ended = await app.event('turn.ended', (payload) => payload.turnId === turnId)
    expect(ended).toMatchObject({ outcome: 'stopped', messageId: null })
    expect(await stage.texts(story)).toEqual(['Go.'])
    gate.open()
  })

  it('completes a passage that broke off by itself: there is nothing to draft', async () => {
    const { app, fake } = stage
    fake.answerWith(
      chatReply.stream(['Draft.']),
      chatReply.stream(['The door opens slow'], { finish: 'length' }),
      chatReply.stream(['slowly.'])
    )
    const story = await storyOfTwo()
    await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    const { turnId } = await app.turn({ storyId: story.id, kind: 'continue' })
    expect(await stage.texts(story)).toEqual(['Go.', 'The door opens slowly.'])
    const steps = await app.ask('turns.steps', { turnId })
    expect(steps.map(({ role, model }) => [role, model])).toEqual([['storyteller', 'teller']])
    // What is asked for is the rest of the passage, in the words in which the Writer is asked for it.
    expect(stage.sent()[2]?.[0]).toEqual(stage.sent()[0]?.[0])
    expect(stage.sent()[2]?.at(-2)).toEqual({ role: 'assistant', content: 'The door opens ' })
  })

  it('does not read what is in the draft as a place to fill', async () => {
    stage.fake.answerWith(chatReply.stream(['{{draft}} $& $1 {{title}}']), chatReply.stream(['Tale.']))
    const story = await storyOfTwo()
    await stage.app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    expect(stage.sent()[1]?.at(-1)?.content).toContain('<draft>\n{{draft}} $& $1 {{title}}\n</draft>')
  })

  it('that is off, or has no model of its own, leaves the work to main', async () => {
    const { app, fake } = stage
    const settings = await fakeProvider(app, fake.url)
    const story = await storyWith(
      app,
      { ...settings, samplers: { temperature: 0.1 } },
      { samplers: { temperature: 1.5 } }
    )
    await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    const Sent = z.looseObject({ model: z.string(), temperature: z.number().optional() })
    expect(fake.chats().map((body) => Sent.parse(body).temperature)).toEqual([0.1, 1.5])
    const preset = await app.ask('presets.get', { id: story.presetId })
    const storyteller = preset.roles[STORYTELLER]
    if (!storyteller) throw new Error('The preset has no storyteller')
    const value = { ...storyteller, enabled: false }
    await app.ask('presets.setRole', { id: preset.id, role: STORYTELLER, value })
    await app.turn({ storyId: story.id, kind: 'send', text: 'On.' })
    expect(fake.chats()).toHaveLength(3)
  })
})

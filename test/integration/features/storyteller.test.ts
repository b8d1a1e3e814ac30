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

describe('a passage that the storyteller does not bring to its end', () => {
  const brokenOff = async () => {
    stage.fake.answerWith(chatReply.stream(['The DRAFT.']), chatReply.resetAfter(['Half a ta']))
    const story = await storyOfTwo()
    const { outcome } = await stage.app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    expect(outcome).toBe('failed')
    return { story, passage: await lastPassage(stage.app, story) }
  }

  it('can give its place to the whole draft, once, and take it back', async () => {
    const { app } = stage
    const { story, passage } = await brokenOff()
    expect(passage).toMatchObject({ text: 'Half a ta', state: 'failed' })
    expect(await app.ask('turns.hasDraft', { id: passage.id })).toBe(true)
    await app.ask('turns.useDraft', { id: passage.id })
    expect(await stage.texts(story)).toEqual(['Go.', 'The DRAFT.'])
    const laid = await lastPassage(app, story)
    expect(laid).toMatchObject({ state: 'complete', writtenBy: { role: 'main', model: 'drafter' } })
    expect(laid.writtenBy?.notes).toEqual([{ kind: 'draft', role: STORYTELLER, error: null, chosen: true }])
    expect(laid.alternatives).toEqual([passage.id, laid.id])
    expect(await app.ask('turns.hasDraft', { id: laid.id })).toBe(false)

    await app.ask('stories.undo', { id: story.id })
    expect(await stage.texts(story)).toEqual(['Go.', 'Half a ta'])
    await app.ask('turns.useDraft', { id: passage.id })
    expect((await lastPassage(app, story)).alternatives).toEqual([passage.id, laid.id])
  })

  it('has no draft to offer where it came to its end', async () => {
    const { app, fake } = stage
    fake.answerWith(chatReply.stream(['Draft.']), chatReply.stream(['Tale.']))
    const whole = await storyOfTwo()
    await app.turn({ storyId: whole.id, kind: 'send', text: 'Go.' })
    expect(await app.ask('turns.hasDraft', { id: (await lastPassage(app, whole)).id })).toBe(false)
  })

  it('has no draft where the Writer itself was cut', async () => {
    const { app, fake } = stage
    fake.answerWith(chatReply.stream(['Half'], { finish: 'length' }))
    const alone = await stage.story()
    await app.turn({ storyId: alone.id, kind: 'send', text: 'Go.' })
    const { id } = await lastPassage(app, alone)
    expect(await app.ask('turns.hasDraft', { id })).toBe(false)
    await expect(app.ask('turns.useDraft', { id })).rejects.toMatchObject({ shape: { code: 'not_found' } })
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import type { RoleWork } from '@contract/entities/model-config'
import type { Story } from '@contract/entities/story'
import type { StepResult } from '@contract/entities/turn-results'
import type { StoryId, TurnId } from '@contract/ids'
import { chatReply } from '@test/helpers/chat-reply'
import { createGate } from '@test/helpers/gate'
import { createRoleModels, roleId, storyWithCast, type Cast, type RoleModels } from '@test/helpers/role-models'
import { lastPassage, passagesOf } from '@test/helpers/test-story'
import { openStage, type TurnStage } from '@test/helpers/turn-stage'

let stage: TurnStage
let models: RoleModels
beforeEach(async () => {
  stage = await openStage()
  models = createRoleModels(stage)
})

const PASSES = JSON.stringify({ verdict: 'passes', contradictions: [] })
const fault = (more: object = {}) => ({
  quote: 'her blue eyes',
  source: 'P2',
  canon: 'Her eyes were green',
  why: 'Her eyes are green.',
  severity: 'high',
  ...more,
})
const contradicts = (...faults: object[]) => JSON.stringify({ verdict: 'contradicts', contradictions: faults })

/** A story whose first passage says what colour the eyes are. */
async function storyOf(cast: Cast) {
  models.answer('main', 'Her eyes were “green” as the sea.')
  models.answer('guard', PASSES)
  models.answer('storyteller', 'Her eyes were “green” as the sea!')
  const story = await storyWithCast(stage, cast)
  await stage.app.turn({ storyId: story.id, kind: 'send', text: 'I look at her.' })
  return story
}
const send = (storyId: StoryId) => stage.app.turn({ storyId, kind: 'send', text: 'I ask.' })
const notes = async (story: Pick<Story, 'id'>) => (await lastPassage(stage.app, story)).writtenBy?.notes
const verdicts = async (turnId: TurnId): Promise<StepResult[]> =>
  (await stage.app.ask('turns.steps', { turnId })).flatMap(({ result }) => result ?? [])

describe('a Guard that finds nothing', () => {
  it('lets the draft go on: with no Storyteller, as the passage', async () => {
    const story = await storyOf({ guard: {} })
    expect(models.asked()).toEqual(['main', 'guard'])
    expect(await stage.texts(story)).toEqual(['I look at her.', 'Her eyes were “green” as the sea.'])
    expect(await lastPassage(stage.app, story)).toMatchObject({
      state: 'complete',
      writtenBy: {
        role: 'main',
        model: 'main',
        notes: [{ kind: 'guard', outcome: 'passed', rewrites: 0, contradictions: 0, end: null }],
      },
    })
  })

  it('has read the draft, the line and the story, each under a label', async () => {
    const story = await storyOf({ guard: {} })
    models.answer('main', 'The second passage.')
    await send(story.id)
    const [, prompt = ''] = models.prompts('guard')
    expect(prompt).toContain('[P1]\nI ask.')
    expect(prompt).toContain('[P2]\nHer eyes were “green” as the sea.')
    expect(prompt).toContain('<draft>\nThe second passage.\n</draft>')
  })

  it('hands the draft to the Storyteller', async () => {
    const story = await storyOf({ guard: {}, storyteller: {} })
    expect(models.asked()).toEqual(['main', 'guard', 'storyteller'])
    expect(await stage.texts(story)).toEqual(['I look at her.', 'Her eyes were “green” as the sea!'])
  })
})

describe('a Guard that finds a contradiction', () => {
  it('has the draft written again until it passes; the Writer reads what is wrong', async () => {
    const story = await storyOf({ guard: {}, storyteller: {} })
    models.answer('main', 'I saw her BLUE eyes.', 'Still her blue eyes.', 'Her green eyes.')
    models.answer('guard', contradicts(fault()), contradicts(fault()), PASSES)
    models.answer('storyteller', 'The tale.')
    const { turnId } = await send(story.id)
    expect(models.asked().slice(3)).toEqual(['main', 'guard', 'main', 'guard', 'main', 'guard', 'storyteller'])
    const rewrite = models.prompts('main').at(-1) ?? ''
    expect(rewrite).toContain('<rejected>\nStill her blue eyes.\n</rejected>')
    expect(rewrite).toContain('Her eyes are green.')
    expect(models.prompts('storyteller').at(-1)).toContain('<draft>\nHer green eyes.\n</draft>')
    expect(await notes(story)).toEqual([
      { kind: 'guard', outcome: 'passed', rewrites: 2, contradictions: 0, end: null },
    ])
    const passages = await passagesOf(stage.app, story)
    expect((await verdicts(turnId))[0]).toEqual({
      kind: 'verdict',
      contradictions: [
        {
          quote: 'her blue eyes',
          quoteFound: true,
          canon: 'Her eyes were green',
          canonFound: true,
          place: { kind: 'passage', id: passages[1]?.id, title: '' },
          why: 'Her eyes are green.',
          severity: 'high',
        },
      ],
    })
  })

  it('lets the draft go on with a note when it was written again as often as is allowed', async () => {
    const story = await storyOf({ guard: { rewrites: 1 } })
    models.answer('main', 'her blue eyes, once', 'her blue eyes, twice')
    models.answer('guard', contradicts(fault()))
    expect((await send(story.id)).outcome).toBe('complete')
    expect(await notes(story)).toEqual([
      { kind: 'guard', outcome: 'open', rewrites: 1, contradictions: 1, end: 'rewrites' },
    ])
    expect((await stage.texts(story)).at(-1)).toBe('her blue eyes, twice')
  })

  it('says of a quote that it stands nowhere, and has nothing written again for it', async () => {
    const story = await storyOf({ guard: {} })
    models.answer('main', 'Her brown coat.')
    models.answer('guard', contradicts(fault({ source: '[P9]', canon: 'Her eyes were red' })))
    const { turnId } = await send(story.id)
    expect(models.asked().slice(2)).toEqual(['main', 'guard'])
    expect(await verdicts(turnId)).toMatchObject([
      { contradictions: [{ quoteFound: false, canonFound: false, place: null }] },
    ])
    expect(await notes(story)).toMatchObject([{ outcome: 'open', rewrites: 0, contradictions: 1, end: null }])
  })

  it('finds the place of a quote that the answer puts elsewhere', async () => {
    const story = await storyOf({ guard: {} })
    models.answer('main', 'her blue eyes')
    models.answer('guard', contradicts(fault({ source: 'P1', severity: 'low' })))
    const { turnId } = await send(story.id)
    const passages = await passagesOf(stage.app, story)
    expect(await verdicts(turnId)).toMatchObject([
      { contradictions: [{ canonFound: true, place: { id: passages[1]?.id } }] },
    ])
  })
})

describe('the budget of the Guard', () => {
  const counted = (text: string, cost: number) =>
    chatReply.stream([text], { usage: { prompt_tokens: 400, completion_tokens: 100, cost } })

  it.each<[string, RoleWork, string]>([
    ['tokens', { maxTokens: 900 }, 'tokens'],
    ['money', { maxCost: 0.2 }, 'cost'],
  ])('ends with its %s, and the draft goes on with a note', async (_what, work, end) => {
    const story = await storyOf({ guard: work })
    models.answer('main', 'her blue eyes')
    models.answer('guard', counted(contradicts(fault()), 0.25))
    expect((await send(story.id)).outcome).toBe('complete')
    expect(models.asked().slice(2)).toEqual(['main', 'guard'])
    expect(await notes(story)).toMatchObject([{ kind: 'guard', outcome: 'open', rewrites: 0, end }])
  })

  it('ends with its time, in the middle of a draft that is written again: the one before goes on', async () => {
    const story = await storyOf({ guard: { maxSeconds: 5 } })
    models.answer('main', 'her blue eyes', chatReply.stream(['Half a dr', createGate()]))
    models.answer('guard', contradicts(fault()))
    expect((await send(story.id)).outcome).toBe('complete')
    expect((await stage.texts(story)).at(-1)).toBe('her blue eyes')
    expect(await notes(story)).toMatchObject([{ kind: 'guard', outcome: 'open', rewrites: 0, end: 'time' }])
  })
})

describe('an answer of the Guard that cannot be read', () => {
  it('goes back to it once, with what is wrong', async () => {
    const story = await storyOf({ guard: {} })
    models.answer('main', 'The draft.')
    models.answer('guard', 'I think it is fine!', `Here you are:\n\`\`\`json\n${PASSES}\n\`\`\``)
    const { turnId } = await send(story.id)
    expect(models.asked().slice(2)).toEqual(['main', 'guard', 'guard'])
    expect(models.prompts('guard').at(-1)).toContain('I think it is fine!')
    expect(await notes(story)).toMatchObject([{ kind: 'guard', outcome: 'passed' }])
    expect(await stage.app.ask('turns.steps', { turnId })).toMatchObject([
      { role: 'main', state: 'complete' },
      { role: 'guard', state: 'failed', error: { code: 'answer_unusable', details: { reason: expect.any(String) } } },
      { role: 'guard', state: 'complete' },
    ])
  })

  it('twice leaves the draft as it is, with a note', async () => {
    const story = await storyOf({ guard: {}, storyteller: {} })
    models.answer('main', 'The draft.')
    models.answer('guard', 'No.', contradicts())
    models.answer('storyteller', 'The tale.')
    expect((await send(story.id)).outcome).toBe('complete')
    expect(await notes(story)).toMatchObject([{ kind: 'failed', role: 'guard', error: { code: 'answer_unusable' } }])
    expect((await stage.texts(story)).at(-1)).toBe('The tale.')
  })
})

describe('a draft is not lost', () => {
  it('when its rewriting fails: it goes on as it is', async () => {
    const story = await storyOf({ guard: {} })
    models.answer('main', 'her blue eyes', chatReply.error(400, 'no'))
    models.answer('guard', contradicts(fault()))
    expect((await send(story.id)).outcome).toBe('complete')
    expect((await stage.texts(story)).at(-1)).toBe('her blue eyes')
    expect(await notes(story)).toMatchObject([
      { kind: 'failed', role: 'guard' },
      { kind: 'guard', outcome: 'open', end: 'failed' },
    ])
  })

  it('when the Guard is stopped: it is the passage', async () => {
    const story = await storyOf({ guard: {} })
    const gate = createGate()
    models.answer('main', 'The draft.')
    models.answer('guard', chatReply.stream(['{"ver', gate]))
    const { turnId } = await stage.app.ask('turns.start', { storyId: story.id, kind: 'send', text: 'I ask.' })
    await gate.reached
    await stage.app.ask('turns.stop', { storyId: story.id })
    const ended = await stage.app.event('turn.ended', (payload) => payload.turnId === turnId)
    expect(ended).toMatchObject({ outcome: 'stopped', error: null })
    expect(await lastPassage(stage.app, story)).toMatchObject({
      text: 'The draft.',
      state: 'complete',
      writtenBy: { role: 'main', notes: [{ kind: 'draft', role: 'guard', error: null }] },
    })
    gate.open()
  })

  it('when the Storyteller fails before its first word: it is the passage, with a note', async () => {
    const story = await storyOf({ storyteller: {} })
    models.answer('main', 'The draft.')
    models.answer('storyteller', chatReply.error(400, 'no'))
    expect(await send(story.id)).toMatchObject({ outcome: 'complete', error: null })
    expect(await lastPassage(stage.app, story)).toMatchObject({
      text: 'The draft.',
      state: 'complete',
      writtenBy: {
        role: 'main',
        notes: [{ kind: 'draft', role: 'storyteller', error: { code: 'provider_request_rejected' } }],
      },
    })
  })

  it('when the Storyteller is stopped before its first word', async () => {
    const story = await storyOf({ storyteller: {} })
    const gate = createGate()
    models.answer('main', 'The draft.')
    models.answer('storyteller', chatReply.stream([gate]))
    const { turnId } = await stage.app.ask('turns.start', { storyId: story.id, kind: 'send', text: 'I ask.' })
    await gate.reached
    await stage.app.ask('turns.stop', { storyId: story.id })
    await stage.app.event('turn.ended', (payload) => payload.turnId === turnId)
    expect((await stage.texts(story)).at(-1)).toBe('The draft.')
    gate.open()
  })
})

describe('a passage in which the Guard still finds something', () => {
  const storyWithFault = async () => {
    const story = await storyOf({ guard: { rewrites: 0 } })
    models.answer('main', 'her blue eyes')
    models.answer('guard', contradicts(fault()))
    await send(story.id)
    return story
  }

  it('can be kept as it is', async () => {
    const story = await storyWithFault()
    const { id } = await lastPassage(stage.app, story)
    await stage.app.ask('turns.accept', { id })
    expect(await notes(story)).toMatchObject([{ kind: 'guard', outcome: 'accepted', contradictions: 1 }])
    expect((await stage.texts(story)).at(-1)).toBe('her blue eyes')
  })

  it('is written again with what the Guard found, and with a word of the writer', async () => {
    const story = await storyWithFault()
    models.answer('main', 'her green eyes')
    models.answer('guard', PASSES)
    const ended = await stage.app.turn({ storyId: story.id, kind: 'retry', revise: 'And let it RAIN.' })
    expect(ended.outcome).toBe('complete')
    const prompt = models.prompts('main').at(-1) ?? ''
    expect(prompt).toContain('<rejected>\nher blue eyes\n</rejected>')
    expect(prompt).toContain('And let it RAIN.')
    expect(prompt).toContain('Her eyes are green.')
    const last = await lastPassage(stage.app, story)
    expect(last).toMatchObject({ text: 'her green eyes' })
    expect(last.alternatives).toHaveLength(2)
  })

  it('is not written again where nothing says how', async () => {
    const story = await storyOf({ guard: {} })
    expect(await stage.app.refusal('turns.start', { storyId: story.id, kind: 'retry', revise: ' ' })).toMatchObject({
      code: 'nothing_to_retry',
    })
  })
})

it('a Guard that is off does nothing by itself, and checks with the Writer’s model when the writer asks', async () => {
  const story = await storyOf({ guard: null })
  expect(models.asked()).toEqual(['main'])
  models.answer('main', 'The draft.', PASSES)
  await stage.app.turn({ storyId: story.id, kind: 'send', text: 'I ask.', roles: [roleId('guard')] })
  expect(models.asked()).toEqual(['main', 'main', 'main'])
  expect((await stage.texts(story)).at(-1)).toBe('The draft.')
  expect(await notes(story)).toMatchObject([{ kind: 'guard', outcome: 'passed' }])
})

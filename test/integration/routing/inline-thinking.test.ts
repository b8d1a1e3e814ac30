import { expect, it } from 'vitest'
import { chatReply } from '@test/helpers/chat-reply'
import { lastPassage } from '@test/helpers/test-story'
import { openStage } from '@test/helpers/turn-stage'

it('thinking that a server leaves in the answer is kept beside the passage, and never in it or sent back', async () => {
  const stage = await openStage()
  stage.fake.answerWith(
    chatReply.stream(['<thi', 'nk>A storm? No.</think>', '\n\nThe door opened.']),
    chatReply.stream(['On.'])
  )
  const story = await stage.story()
  const { turnId } = await stage.app.turn({ storyId: story.id, kind: 'send', text: 'I knock.' })
  const passage = await lastPassage(stage.app, story)
  expect(passage).toMatchObject({ text: 'The door opened.', writtenBy: { notes: [{ kind: 'reasoning' }] } })
  expect(await stage.app.ask('turns.steps', { turnId })).toMatchObject([
    { answer: expect.stringContaining('The door opened.'), reasoning: 'A storm? No.' },
  ])
  await stage.app.turn({ storyId: story.id, kind: 'continue' })
  expect(JSON.stringify(stage.sent()[1])).not.toContain('A storm?')
})

it('an answer that is thinking alone is an empty answer', async () => {
  const stage = await openStage()
  stage.fake.answerWith(chatReply.stream(['<think>A storm? No.']))
  const story = await stage.story()
  expect(await stage.app.turn({ storyId: story.id, kind: 'send', text: 'I knock.' })).toMatchObject({
    outcome: 'failed',
    error: { code: 'provider_empty_answer' },
  })
})

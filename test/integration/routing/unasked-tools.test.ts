import { expect, it } from 'vitest'
import { chatReply } from '@test/helpers/chat-reply'
import { lastPassage } from '@test/helpers/test-story'
import { openStage } from '@test/helpers/turn-stage'

it('a tool call that nobody offered a tool for is no passage, and no part of one', async () => {
  const stage = await openStage()
  const story = await stage.story()
  const call = [{ index: 0, id: 'c1', function: { name: 'roll_dice', arguments: '{}' } }]
  stage.fake.answerWith(chatReply.toolCalls([call]))
  const ended = await stage.app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
  expect(ended).toMatchObject({ outcome: 'failed', error: { code: 'provider_empty_answer' } })

  const said = `data: ${JSON.stringify({ choices: [{ delta: { content: 'The sea.', tool_calls: call } }] })}\n\n`
  const end = `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: 'tool_calls' }] })}\n\n`
  stage.fake.answerWith(chatReply.bytes([said, end, 'data: [DONE]\n\n']))
  expect(await stage.app.turn({ storyId: story.id, kind: 'retry' })).toMatchObject({ outcome: 'complete' })
  expect(await lastPassage(stage.app, story)).toMatchObject({ text: 'The sea.', state: 'complete' })
})

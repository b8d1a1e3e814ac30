import { beforeEach, describe, expect, it } from 'vitest'
import type { Story } from '@contract/entities/story'
import { chatReply } from '@test/helpers/chat-reply'
import { lastPassage, passagesOf } from '@test/helpers/test-story'
import { openStage, type TurnStage } from '@test/helpers/turn-stage'

let stage: TurnStage
let story: Story
beforeEach(async () => {
  stage = await openStage()
  story = await stage.story()
})

/** Writes one passage after a line. */
const write = async (line: string, text: string) => {
  stage.fake.answerWith(chatReply.stream([text]))
  await stage.app.turn({ storyId: story.id, kind: 'send', text: line })
  return lastPassage(stage.app, story)
}
const retry = async (text: string) => {
  stage.fake.answerWith(chatReply.stream([text]))
  await stage.app.turn({ storyId: story.id, kind: 'retry' })
  return lastPassage(stage.app, story)
}
const texts = () => stage.texts(story)

describe('the passages of a story', () => {
  it('come page by page from the end', async () => {
    for (const count of [1, 2, 3]) await write(`line ${count}`, `passage ${count}`)
    const { app } = stage
    const last = await app.ask('messages.page', { storyId: story.id, limit: 4 })
    expect(last.messages.map(({ text }) => text)).toEqual(['line 2', 'passage 2', 'line 3', 'passage 3'])
    expect(last).toMatchObject({ first: 2, length: 6 })
    const first = await app.ask('messages.page', { storyId: story.id, first: 0, limit: 2 })
    expect(first.messages.map(({ text, position }) => [position, text])).toEqual([
      [0, 'line 1'],
      [1, 'passage 1'],
    ])
    const at = first.messages[1]?.id
    const around = await app.ask('messages.page', { storyId: story.id, limit: 4, ...(at ? { at } : {}) })
    expect(around).toMatchObject({ first: 0, messages: [{ position: 0 }, { id: at }, {}, {}] })
    expect(await app.ask('messages.page', { storyId: story.id, first: 6 })).toMatchObject({ messages: [], length: 6 })
  })

  it('are not shown by way of another story', async () => {
    const passage = await write('line', 'passage')
    const other = await stage.app.ask('stories.create', { language: 'en', presetId: story.presetId })
    const refused = await stage.app.refusal('messages.page', { storyId: other.id, at: passage.id })
    expect(refused).toMatchObject({ code: 'not_found', details: { path: 'at' } })
  })

  it('can be edited, and the next turn reads the new words', async () => {
    const passage = await write('line', 'The cat sat.')
    const edited = await stage.app.ask('messages.edit', { id: passage.id, text: 'The dog sat.' })
    expect(edited).toMatchObject({ text: 'The dog sat.', edited: true, writtenBy: { model: 'fake-model' } })
    await write('next', 'more')
    expect(stage.sent()[1]?.map(({ content }) => content)).toContain('The dog sat.')
    expect(await stage.app.ask('stories.search', { text: 'dog' })).toMatchObject({ places: 1 })
    expect(await stage.app.ask('stories.search', { text: 'cat sat' })).toMatchObject({ places: 0 })
  })

  it('deleted in the middle leave the rest, and come back to their place', async () => {
    const first = await write('line 1', 'passage 1')
    await write('line 2', 'passage 2')
    await stage.app.ask('messages.delete', { id: first.id })
    expect(await texts()).toEqual(['line 1', 'line 2', 'passage 2'])
    await stage.app.ask('messages.restore', { id: first.id })
    expect(await texts()).toEqual(['line 1', 'passage 1', 'line 2', 'passage 2'])
  })

  it('deleted at the end give way to the alternative made before, then to the one after', async () => {
    const one = await write('line', 'one')
    const two = await retry('two')
    const three = await retry('three')
    await stage.app.ask('messages.delete', { id: three.id })
    expect(await texts()).toEqual(['line', 'two'])
    await stage.app.ask('messages.choose', { id: one.id })
    await stage.app.ask('messages.delete', { id: one.id })
    expect(await texts()).toEqual(['line', 'two'])
    await stage.app.ask('messages.delete', { id: two.id })
    expect(await texts()).toEqual(['line'])
    await stage.app.ask('messages.restore', { id: three.id })
    expect(await texts()).toEqual(['line', 'three'])
    expect((await lastPassage(stage.app, story)).alternatives).toEqual([three.id])
  })

  it('show the branch that goes on from the alternative that is chosen', async () => {
    const one = await write('line', 'one')
    await write('after one', 'end of one')
    const [, place] = await passagesOf(stage.app, story)
    expect(place?.id).toBe(one.id)
    await stage.app.ask('messages.delete', { id: (await lastPassage(stage.app, story)).id })
    await stage.app.ask('messages.choose', { id: one.id })
    expect(await texts()).toEqual(['line', 'one', 'after one'])
  })

  it('deleted and written anew are alternatives of one place once they are restored', async () => {
    const one = await write('line', 'one')
    await stage.app.ask('messages.delete', { id: one.id })
    const two = await retry('two')
    expect(await texts()).toEqual(['line', 'two'])
    await stage.app.ask('messages.restore', { id: one.id })
    expect(await texts()).toEqual(['line', 'one'])
    expect((await lastPassage(stage.app, story)).alternatives).toEqual([one.id, two.id])
    await stage.app.ask('messages.choose', { id: two.id })
    expect(await texts()).toEqual(['line', 'two'])
  })

  it('deleted and gone on from are alternatives of one place, too', async () => {
    const one = await write('line', 'one')
    await stage.app.ask('messages.delete', { id: one.id })
    await stage.app.turn({ storyId: story.id, kind: 'continue' })
    await stage.app.ask('messages.restore', { id: one.id })
    expect((await lastPassage(stage.app, story)).alternatives).toHaveLength(2)
  })

  it('that were deleted cannot be chosen', async () => {
    const one = await write('line', 'one')
    await stage.app.ask('messages.delete', { id: one.id })
    expect(await stage.app.refusal('messages.choose', { id: one.id })).toMatchObject({ code: 'not_found' })
  })

  it('have no place for more than 200,000 characters', async () => {
    const one = await write('line', 'one')
    const refused = await stage.app.refusal('messages.edit', { id: one.id, text: 'x'.repeat(200_001) })
    expect(refused).toMatchObject({ code: 'bad_input', details: { path: 'text' } })
  })
})

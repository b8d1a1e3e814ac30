import { beforeEach, describe, expect, it } from 'vitest'
import { EditSession } from '@contract/entities/edit'
import type { Message, Story } from '@contract/entities/story'
import { chatReply } from '@test/helpers/chat-reply'
import { lastPassage } from '@test/helpers/test-story'
import { startTestCore } from '@test/helpers/test-core'
import { openStage, type TurnStage } from '@test/helpers/turn-stage'

let stage: TurnStage
let story: Story
beforeEach(async () => {
  stage = await openStage()
  story = await stage.story()
})

const write = async (line: string, text: string): Promise<Message> => {
  stage.fake.answerWith(chatReply.stream([text]))
  await stage.app.turn({ storyId: story.id, kind: 'send', text: line })
  return lastPassage(stage.app, story)
}
const retry = async (text: string): Promise<Message> => {
  stage.fake.answerWith(chatReply.stream([text]))
  await stage.app.turn({ storyId: story.id, kind: 'retry' })
  return lastPassage(stage.app, story)
}
const texts = () => stage.texts(story)
const undo = () => stage.app.ask('stories.undo', { id: story.id })
const redo = () => stage.app.ask('stories.redo', { id: story.id })
const edit = (id: Message['id'], text: string, session?: string) =>
  stage.app.ask('messages.edit', { id, text, ...(session ? { session: EditSession.parse(session) } : {}) })
const versions = async (id: Message['id']) =>
  (await stage.app.ask('messages.versions', { id })).map(({ text, edited }) => [text, edited])

describe('what a passage said before', () => {
  it('is kept, the model’s own words first of all, however much is typed over them', async () => {
    const { id } = await write('line', 'The cat sat.')
    for (const text of ['The d', 'The do', 'The dog sat.']) await edit(id, text, 'first visit')
    expect(await versions(id)).toEqual([['The cat sat.', false]])
    await edit(id, 'The dog ran.', 'second visit')
    expect(await versions(id)).toEqual([
      ['The dog sat.', true],
      ['The cat sat.', false],
    ])
    expect(await lastPassage(stage.app, story)).toMatchObject({ text: 'The dog ran.', edited: true, versions: 2 })
  })

  it('can be brought back, and what stood there becomes a version itself', async () => {
    const { id } = await write('line', 'The cat sat.')
    await edit(id, 'The dog sat.')
    const [original] = await stage.app.ask('messages.versions', { id })
    const back = await stage.app.ask('messages.restoreVersion', { id, version: original?.id ?? 0 })
    expect(back).toMatchObject({ text: 'The cat sat.', edited: false })
    expect(await versions(id)).toEqual([['The dog sat.', true]])
    await undo()
    expect(await texts()).toEqual(['line', 'The dog sat.'])
  })

  it('is no version when everything typed was taken back by hand', async () => {
    const { id } = await write('line', 'The cat sat.')
    await edit(id, 'The', 'visit')
    const same = await edit(id, 'The cat sat.', 'visit')
    expect(same).toMatchObject({ edited: false, versions: 0 })
    expect(await undo()).toBeNull()
  })

  it('belongs to its own passage: the version of another is refused', async () => {
    const one = await write('line', 'one')
    const two = await write('line', 'two')
    await edit(one.id, 'changed')
    const [version] = await stage.app.ask('messages.versions', { id: one.id })
    expect(await stage.app.refusal('messages.restoreVersion', { id: two.id, version: version?.id })).toMatchObject({
      code: 'not_found',
      details: { path: 'version' },
    })
  })

  it('keeps its first words when it was changed a hundred times', async () => {
    const { id } = await write('line', 'The very first words.')
    for (let count = 1; count <= 100; count += 1) await edit(id, `change ${count}`)
    const kept = await versions(id)
    expect(kept).toHaveLength(50)
    expect(kept.at(-1)).toEqual(['The very first words.', false])
    expect(kept[0]).toEqual(['change 99', true])
  })
})

describe('undo and redo in a story', () => {
  it('take back edits, deletions and choices in their order, and do them again', async () => {
    const one = await write('line', 'one')
    const two = await retry('two')
    await edit(two.id, 'two, changed')
    await stage.app.ask('messages.choose', { id: one.id })
    await stage.app.ask('messages.delete', { id: one.id })
    expect(await texts()).toEqual(['line', 'two, changed'])

    expect(await undo()).toEqual({ kind: 'delete', messageId: one.id })
    expect(await texts()).toEqual(['line', 'one'])
    expect(await undo()).toEqual({ kind: 'choose', messageId: two.id })
    expect(await texts()).toEqual(['line', 'two, changed'])
    expect(await undo()).toEqual({ kind: 'text', messageId: two.id })
    expect(await texts()).toEqual(['line', 'two'])
    expect(await lastPassage(stage.app, story)).toMatchObject({ edited: false })
    expect(await undo()).toBeNull()

    expect(await stage.app.ask('stories.undoState', { id: story.id })).toEqual({ undo: null, redo: 'text' })
    expect(await redo()).toEqual({ kind: 'text', messageId: two.id })
    expect(await texts()).toEqual(['line', 'two, changed'])
    expect(await redo()).toMatchObject({ kind: 'choose' })
    expect(await redo()).toMatchObject({ kind: 'delete' })
    expect(await texts()).toEqual(['line', 'two, changed'])
    expect(await redo()).toBeNull()
  })

  it('go back and forth without a new version each time', async () => {
    const { id } = await write('line', 'before')
    await edit(id, 'after')
    for (let count = 0; count < 5; count += 1) {
      await undo()
      await redo()
    }
    expect(await versions(id)).toEqual([['before', false]])
    await undo()
    expect(await versions(id)).toEqual([['after', true]])
  })

  it('forget what was undone as soon as something else is done, but not its words', async () => {
    const { id } = await write('line', 'before')
    await edit(id, 'typed and undone')
    await undo()
    await edit(id, 'typed later')
    expect(await redo()).toBeNull()
    expect(await versions(id)).toContainEqual(['typed and undone', true])
  })

  it('come back to a deleted passage by its own undo, and forget that it was deleted', async () => {
    const one = await write('line', 'one')
    await stage.app.ask('messages.delete', { id: one.id })
    await stage.app.ask('messages.restore', { id: one.id })
    expect(await undo()).toBeNull()
    expect(await texts()).toEqual(['line', 'one'])
  })

  it('show the branch as it was left, with what was written on it since', async () => {
    const one = await write('line', 'one')
    const two = await retry('two')
    await write('after two', 'end of two')
    await stage.app.ask('messages.choose', { id: one.id })
    await write('after one', 'end of one')
    await undo()
    expect(await texts()).toEqual(['line', 'two', 'after two', 'end of two'])
    await redo()
    expect(await texts()).toEqual(['line', 'one', 'after one', 'end of one'])
    await stage.app.ask('messages.choose', { id: two.id })
    expect(await texts()).toEqual(['line', 'two', 'after two', 'end of two'])
  })

  it('reach back over a restart', async () => {
    const { id } = await write('line', 'before')
    await edit(id, 'after')
    const { dataDir, vaultKey } = stage.app
    await stage.app.core.close()
    const again = await startTestCore({ dataDir, vaultKey })
    try {
      expect(await again.ask('stories.undo', { id: story.id })).toMatchObject({ kind: 'text' })
      expect(await lastPassage(again, story)).toMatchObject({ text: 'before' })
    } finally {
      await again.core.close()
    }
  })

  it('belong to each story alone', async () => {
    const { id } = await write('line', 'before')
    await edit(id, 'after')
    const other = await stage.app.ask('stories.create', { language: 'en', presetId: story.presetId })
    expect(await stage.app.ask('stories.undo', { id: other.id })).toBeNull()
    expect(await texts()).toEqual(['line', 'after'])
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import type { Message, Story } from '@contract/entities/story'
import type { TurnKind } from '@contract/entities/turn'
import { MessageId } from '@contract/ids'
import { readArchive } from '@main/formats/archive'
import { newId } from '@main/platform/ids'
import { chatReply } from '@test/helpers/chat-reply'
import { openStage, type TurnStage } from '@test/helpers/turn-stage'

let stage: TurnStage
let story: Story
beforeEach(async () => {
  stage = await openStage()
  story = await stage.story()
  await turn('send', 'One.', { text: 'first line' })
  await turn('send', 'Two.', { text: 'second line' })
  await turn('send', 'Three.', { text: 'third line' })
})

const turn = async (kind: TurnKind, answer: string, more: { text?: string; at?: MessageId } = {}) => {
  stage.fake.answerWith(chatReply.stream([answer]))
  return stage.app.turn({ storyId: story.id, kind, ...more })
}
const texts = () => stage.texts(story)
const undo = () => stage.app.ask('stories.undo', { id: story.id })
const redo = () => stage.app.ask('stories.redo', { id: story.id })
const branches = () => stage.app.ask('messages.branches', { storyId: story.id })
const passages = async (): Promise<Message[]> =>
  (await stage.app.ask('messages.page', { storyId: story.id, limit: 100 })).messages
const saying = async (text: string): Promise<Message> => {
  const found = (await passages()).find((one) => one.text === text)
  if (!found) throw new Error(`The story does not show ${text}`)
  return found
}

const WHOLE = ['first line', 'One.', 'second line', 'Two.', 'third line', 'Three.']

describe('a passage in the middle', () => {
  it('is written again beside what it said, and the model sees nothing of what followed', async () => {
    const { id } = await saying('One.')
    await turn('retry', 'Another one.', { at: id })
    expect(await texts()).toEqual(['first line', 'Another one.'])
    const sent = JSON.stringify(stage.fake.chats().at(-1))
    expect(sent).toContain('first line')
    expect(sent).not.toContain('second line')
    const { alternatives } = await saying('Another one.')
    expect(alternatives).toHaveLength(2)

    await turn('continue', 'And then.')
    await stage.app.ask('messages.choose', { id })
    expect(await texts()).toEqual(WHOLE)
    await stage.app.ask('messages.choose', { id: alternatives[1] ?? id })
    expect(await texts()).toEqual(['first line', 'Another one.', 'And then.'])
  })

  it('answers a line again, wherever it stands', async () => {
    const { id } = await saying('second line')
    await turn('retry', 'Otherwise.', { at: id })
    expect(await texts()).toEqual(['first line', 'One.', 'second line', 'Otherwise.'])
    expect((await saying('Otherwise.')).alternatives).toHaveLength(2)
  })

  it('keeps the story as it was when no word came', async () => {
    const { id } = await saying('One.')
    stage.fake.answerWith(chatReply.error(500, 'down'))
    await stage.app.turn({ storyId: story.id, kind: 'retry', at: id })
    expect(await texts()).toEqual(WHOLE)
  })

  it('must be one that the story shows', async () => {
    const asked = { storyId: story.id, kind: 'retry', at: newId(MessageId) } as const
    expect(await stage.app.refusal('turns.start', asked)).toMatchObject({ code: 'not_found', details: { path: 'at' } })
    const { id } = await saying('Three.')
    await stage.app.ask('messages.branch', { id: (await saying('One.')).id })
    expect(await stage.app.refusal('turns.start', { ...asked, at: id })).toMatchObject({ code: 'not_found' })
    expect(await stage.app.refusal('messages.branch', { id })).toMatchObject({ code: 'not_found' })
  })
})

describe('a story that is let end with an earlier passage', () => {
  it('goes on in another way, and tells of the branch that it left', async () => {
    await stage.app.ask('messages.branch', { id: (await saying('One.')).id })
    expect(await texts()).toEqual(['first line', 'One.'])
    expect(await saying('One.')).toMatchObject({ goesOn: 1 })
    const [left] = await branches()
    expect(left).toMatchObject({ author: 'writer', excerpt: 'second line', length: 4 })

    await turn('continue', 'By itself.')
    expect(await texts()).toEqual(['first line', 'One.', 'By itself.'])
    expect(await branches()).toEqual([])
    // The two ways on are shown as alternatives, although one begins with a line of the writer.
    const { alternatives } = await saying('By itself.')
    expect(alternatives[0]).toBe(left?.id)
    await stage.app.ask('messages.choose', { id: alternatives[0] ?? MessageId.parse('') })
    expect(await texts()).toEqual(WHOLE)
  })

  it('is whole again by undo, ends there again by redo, and by the way back as well', async () => {
    await stage.app.ask('messages.branch', { id: (await saying('Two.')).id })
    const short = WHOLE.slice(0, 4)
    expect(await texts()).toEqual(short)
    expect(await undo()).toMatchObject({ kind: 'choose' })
    expect(await texts()).toEqual(WHOLE)
    await redo()
    expect(await texts()).toEqual(short)

    const [left] = await branches()
    if (!left) throw new Error('There is no branch')
    await stage.app.ask('messages.choose', { id: left.id })
    expect(await texts()).toEqual(WHOLE)
    await undo()
    expect(await texts()).toEqual(short)
    await redo()
    expect(await texts()).toEqual(WHOLE)
  })

  it('is whole again by undo also when it went on meanwhile, and what was written there stays', async () => {
    await stage.app.ask('messages.branch', { id: (await saying('One.')).id })
    await turn('send', 'New.', { text: 'new line' })
    await undo()
    expect(await texts()).toEqual(WHOLE)
    const { alternatives } = await saying('second line')
    await stage.app.ask('messages.choose', { id: alternatives[1] ?? MessageId.parse('') })
    expect(await texts()).toEqual(['first line', 'One.', 'new line', 'New.'])
  })

  it('tells of the branch also when the passage that it ended with is deleted', async () => {
    const { id } = await saying('One.')
    await stage.app.ask('messages.branch', { id })
    await stage.app.ask('messages.delete', { id })
    expect(await texts()).toEqual(['first line'])
    const [left] = await branches()
    expect(left).toMatchObject({ excerpt: 'second line' })
    await stage.app.ask('messages.choose', { id: left?.id ?? id })
    expect(await texts()).toEqual(['first line', ...WHOLE.slice(2)])
  })

  it('ends where it does: nothing happens', async () => {
    await stage.app.ask('messages.branch', { id: (await saying('Three.')).id })
    expect(await texts()).toEqual(WHOLE)
    expect(await undo()).toBeNull()
  })
})

describe('the text of a story', () => {
  const text = (form: 'markdown' | 'text' = 'text') => stage.app.ask('files.exportText', { storyId: story.id, form })

  it('is that of the branch that is shown, with its chapters', async () => {
    await stage.app.ask('stories.rename', { id: story.id, title: 'Fog: the end?' })
    await stage.app.ask('messages.endChapter', { id: (await saying('One.')).id, name: 'Arrival' })
    await stage.app.ask('messages.endChapter', { id: (await saying('Two.')).id, name: '' })
    const { fileName, text: written } = await text('markdown')
    expect(fileName).toBe('Fog the end.md')
    expect(written).toBe(
      [
        '# Fog: the end?',
        '## Arrival',
        '> first line',
        'One.',
        '## Chapter 2',
        '> second line',
        'Two.',
        '## Chapter 3',
        '> third line',
        'Three.\n',
      ].join('\n\n')
    )
    await stage.app.ask('messages.branch', { id: (await saying('One.')).id })
    expect((await text()).text).toBe('Fog: the end?\n\n\nArrival\n\n> first line\n\nOne.\n')
  })

  it('is that of one chapter, or of a branch that is not shown', async () => {
    const { id } = await saying('One.')
    await stage.app.ask('messages.endChapter', { id, name: 'Arrival' })
    await turn('retry', 'Another three.', {})
    const outline = (branch?: MessageId) =>
      stage.app.ask('files.textOutline', { storyId: story.id, ...(branch === undefined ? {} : { branch }) })
    const { chapters, branches: others } = await outline()
    expect(chapters).toEqual(['Arrival', 'Chapter 2'])
    expect(others).toMatchObject([{ excerpt: 'Three.', length: 1 }])
    const asked = { storyId: story.id, form: 'text', chapter: 1 } as const
    const shown = await stage.app.ask('files.exportText', asked)
    expect(shown).toEqual({
      fileName: `${story.title} – Chapter 2.txt`,
      text: `${story.title}\n\n\nChapter 2\n\n> second line\n\nTwo.\n\n> third line\n\nAnother three.\n`,
    })
    const branch = others[0]?.id
    const other = await stage.app.ask('files.exportText', { ...asked, branch })
    expect(other.text).toBe(shown.text.replace('Another three.', 'Three.'))
    const book = await stage.app.ask('files.exportBook', { storyId: story.id, form: 'docx', branch })
    const words = (await readArchive(Buffer.from(book.data, 'base64'))).find(({ path }) => path === 'word/document.xml')
    expect(book.fileName).toBe(`${story.title}.docx`)
    expect(words?.bytes.toString()).toContain('>Three.<')

    // What is left of a branch after its end was deleted is another end; a branch of which nothing is left is none.
    await stage.app.ask('messages.delete', { id: branch ?? id })
    expect((await outline()).branches).toEqual([])
    for (const wrong of [{ chapter: 2 }, { branch: newId(MessageId) }])
      expect(await stage.app.refusal('files.exportText', { ...asked, ...wrong })).toMatchObject({ code: 'not_found' })
  })

  it('is its title alone where nothing is written, and is refused for a story that is not there', async () => {
    const empty = await stage.app.ask('stories.create', { language: 'ru', title: 'Туман' })
    const asked = { storyId: empty.id, form: 'text' } as const
    expect(await stage.app.ask('files.exportText', asked)).toEqual({ fileName: 'Туман.txt', text: 'Туман\n' })
    await stage.app.ask('stories.delete', { id: empty.id })
    expect(await stage.app.refusal('files.exportText', asked)).toMatchObject({ code: 'not_found' })
  })
})

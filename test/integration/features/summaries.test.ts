import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { MessageId, RoleId } from '@contract/ids'
import { chatReply } from '@test/helpers/chat-reply'
import { openLongStory } from '@test/helpers/long-story'
import { placed } from '@test/helpers/test-story'

const SUMMARIZER = RoleId.parse('summarizer')
const Chat = z.looseObject({ messages: z.array(z.looseObject({ content: z.string() })) })

async function opened(passages: number) {
  const one = await openLongStory({
    passages,
    text: (place) => `Passage ${place} of the lighthouse.`,
    contextLength: 4096,
  })
  onTestFinished(one.close)
  const { app, fake, story } = one
  const list = () => app.ask('summaries.list', { storyId: story.id })
  /** Resolves when nothing is being written any more. */
  const settled = async (work: () => Promise<unknown>) => {
    const before = app.events.length
    await work()
    await app.event('data.changed', (payload) => {
      const at = app.events.findIndex((event) => event.payload === payload)
      return at >= before && payload.topics.includes('jobs')
    })
    await expect.poll(async () => (await list()).job).toBeNull()
  }
  const sent = () => fake.chats().map((chat) => Chat.parse(chat).messages.map(({ content }) => content))
  return { app, fake, story, list, settled, sent }
}

it('writes what is due when it is asked, keeps what the writer edits, and writes anew what changed beneath', async () => {
  const { app, fake, story, list, settled, sent } = await opened(50)
  fake.answerWith(chatReply.whole('In short, the lamp was lit.'))
  expect(await list()).toMatchObject({ summaries: [], left: 50, job: null, byItself: false, passages: 20, error: null })
  await settled(() => app.ask('summaries.make', { storyId: story.id }))
  const first = await list()
  expect(first).toMatchObject({
    left: 0,
    summaries: [
      { level: 0, first: 0, last: 19, text: 'In short, the lamp was lit.' },
      { level: 0, first: 20, last: 39 },
      { level: 0, first: 40, last: 49 },
    ],
  })
  expect(sent()[0]?.at(-1)).toContain('Passage 0 of the lighthouse.')
  expect(sent()[0]?.at(-1)).toContain('Passage 19 of the lighthouse.')
  expect(sent()[0]?.at(-1)).not.toContain('Passage 20 of')

  const [one, two] = first.summaries
  if (!one || !two) throw new Error('There are no summaries')
  await app.ask('summaries.edit', { id: one.id, text: 'My own words.' })
  const page = await app.ask('messages.page', { storyId: story.id, first: 0, limit: 50 })
  for (const place of [3, 23]) {
    const id = page.messages[place]?.id
    if (!id) throw new Error('There is no passage')
    await app.ask('messages.edit', { id, text: 'Something else happened.' })
  }
  expect((await list()).summaries).toMatchObject([
    { edited: true, stale: true },
    { edited: false, stale: true },
    { stale: false },
  ])
  fake.answerWith(chatReply.whole('It was told anew.'))
  await settled(() => app.ask('summaries.make', { storyId: story.id }))
  expect((await list()).summaries).toMatchObject([
    { text: 'My own words.', edited: true, stale: true },
    { text: 'It was told anew.', stale: false },
    { stale: false },
  ])
  fake.answerWith(chatReply.whole('The first part, anew.'))
  await settled(() => app.ask('summaries.remake', { id: one.id }))
  expect((await list()).summaries[0]).toMatchObject({ text: 'The first part, anew.', edited: false, stale: false })
})

it('writes by itself after a turn where the role is on, and the next prompt tells it', async () => {
  const { app, fake, story, list, sent } = await opened(600)
  fake.answerWith(chatReply.whole('In short, the lamp was lit.'))
  const preset = await app.ask('presets.get', { id: story.presetId })
  const settings = preset.roles[RoleId.parse('main')]?.settings ?? {}
  await app.ask('presets.setRole', { id: preset.id, role: SUMMARIZER, value: placed(settings) })
  await app.turn({ storyId: story.id, kind: 'continue' })
  await app.event('data.changed', ({ only }) => only.summaries?.includes(story.id) ?? false)
  await expect.poll(async () => (await list()).job).toBeNull()
  const { summaries, left } = await list()
  expect(left).toBeLessThan(30)
  expect(summaries.some(({ level }) => level === 1)).toBe(true)
  const before = sent().length
  await app.turn({ storyId: story.id, kind: 'continue' })
  expect(sent()[before]?.join('\n')).toContain('In short, the lamp was lit.')
})

it('says why it could not be written, and can be asked again', async () => {
  const { app, fake, story, list, settled } = await opened(10)
  fake.answerWith(chatReply.whole(''))
  await settled(() => app.ask('summaries.make', { storyId: story.id }))
  expect((await list()).error).toMatchObject({ code: 'provider_empty_answer' })
  fake.answerWith(chatReply.whole('In short.'))
  await settled(() => app.ask('summaries.make', { storyId: story.id }))
  expect(await list()).toMatchObject({ error: null, summaries: [{ text: 'In short.' }] })
})

it('ends a summary with the chapter, and mends one that went beyond its end', async () => {
  const { app, fake, story, list, settled, sent } = await opened(50)
  fake.answerWith(chatReply.whole('In short.'))
  const page = await app.ask('messages.page', { storyId: story.id, first: 0, limit: 50 })
  const at = (place: number) => page.messages[place]?.id ?? story.id
  const endChapter = (place: number, name: string | null) =>
    app.ask('messages.endChapter', { id: MessageId.parse(at(place)), name })
  expect(await endChapter(27, ' The Ferry ')).toMatchObject({ position: 27, chapterEnd: 'The Ferry' })
  await settled(() => app.ask('summaries.make', { storyId: story.id }))
  const ranges = async () => (await list()).summaries.map(({ first, last, stale }) => ({ first, last, stale }))
  expect(await ranges()).toEqual([
    { first: 0, last: 27, stale: false },
    { first: 28, last: 47, stale: false },
    { first: 48, last: 49, stale: false },
  ])
  await endChapter(35, '')
  expect((await ranges())[1]).toEqual({ first: 28, last: 47, stale: true })
  const before = sent().length
  await settled(() => app.ask('summaries.make', { storyId: story.id }))
  expect(await ranges()).toEqual([
    { first: 0, last: 27, stale: false },
    { first: 28, last: 35, stale: false },
    { first: 36, last: 47, stale: false },
    { first: 48, last: 49, stale: false },
  ])
  expect(sent().length).toBe(before + 2)
  expect(sent()[before]?.at(-1)).not.toContain('Passage 36 of')
  // A copy of the story has its chapters; without the mark nothing ends there.
  const copy = await app.ask('stories.duplicate', { id: story.id })
  const copied = await app.ask('messages.page', { storyId: copy.id, first: 20, limit: 20 })
  expect(copied.messages.flatMap(({ chapterEnd }) => chapterEnd ?? [])).toEqual(['The Ferry', ''])
  expect(await endChapter(27, null)).not.toHaveProperty('chapterEnd')
})

it('brings back what was deleted, fills the gap when asked, and writes all anew but the writer’s words', async () => {
  const { app, fake, story, list, settled } = await opened(60)
  fake.answerWith(chatReply.whole('In short.'))
  await settled(() => app.ask('summaries.make', { storyId: story.id }))
  const [first, second, third] = (await list()).summaries
  if (!first || !second || !third) throw new Error('There are too few summaries')
  await app.ask('summaries.delete', { id: second.id })
  expect(await list()).toMatchObject({ left: 20, summaries: [{ first: 0 }, { first: 40 }] })
  expect(await app.ask('summaries.restore', { id: second.id })).toEqual(second)
  expect(await list()).toMatchObject({ left: 0, summaries: [first, second, third] })
  expect(await app.refusal('summaries.restore', { id: second.id })).toMatchObject({ code: 'not_found' })

  await app.ask('summaries.delete', { id: second.id })
  await app.ask('summaries.edit', { id: first.id, text: 'My own words.' })
  fake.alwaysAnswerWith(() => chatReply.whole('Told anew.'))
  await settled(() => app.ask('summaries.make', { storyId: story.id, anew: true }))
  expect((await list()).summaries.map(({ first: place, text }) => ({ place, text }))).toEqual([
    { place: 0, text: 'My own words.' },
    { place: 20, text: 'Told anew.' },
    { place: 40, text: 'Told anew.' },
  ])
})

it('is told what the writer says, in the preset or in the story, and shows beforehand what it would be sent', async () => {
  const { app, fake, story, settled, sent } = await opened(50)
  fake.answerWith(chatReply.whole('In short.'))
  const plan = (prompt?: string) => app.ask('summaries.plan', { storyId: story.id, ...(prompt ? { prompt } : {}) })
  const builtIn = await plan()
  expect(builtIn?.messages[0]?.content).toContain('You keep the chronicle')
  expect(builtIn?.messages.at(-1)?.content).toContain('Passage 19 of the lighthouse.')
  expect(builtIn?.parts.map(({ id }) => id)).toContain('passages')
  const tried = await plan('Tried.{{ as_user }}{{ passages }}')
  expect(tried?.messages[0]).toEqual({ role: 'system', content: 'Tried.' })
  expect(await app.refusal('summaries.plan', { storyId: story.id, prompt: '{{ nobody }}' })).toMatchObject({
    code: 'template_undefined',
  })
  expect(sent()).toEqual([])

  const preset = await app.ask('presets.get', { id: story.presetId })
  const settings = preset.roles[RoleId.parse('main')]?.settings ?? {}
  const text =
    'Of “{{ story.title }}”.{{ as_user }}{% if summaries %}Join {{ summaries }}{% else %}Tell {{ passages }}{% endif %}'
  const value = { ...placed(settings, false), prompt: { text, madeOf: null } }
  await app.ask('presets.setRole', { id: preset.id, role: SUMMARIZER, value })
  await settled(() => app.ask('summaries.make', { storyId: story.id }))
  expect(sent()[0]).toEqual([`Of “${story.title}”.`, expect.stringMatching(/^Tell\s+Passage 0 of/)])
  // The second one is told what stands before the passages that it is made of, and nothing of them twice.
  const own = { text: 'Own.{{ recent_text }}{{ as_user }}Now: {{ passages }}{{ summaries }}', madeOf: null }
  await app.ask('stories.override', { id: story.id, role: SUMMARIZER, changes: { prompt: own } })
  const before = sent().length
  await settled(() => app.ask('summaries.make', { storyId: story.id, anew: true }))
  const [first, second] = sent().slice(before)
  expect(first).toEqual(['Own.', expect.stringMatching(/^Now:\s+Passage 0 of/)])
  expect(second?.slice(0, -1).join('\n')).toContain('Passage 19 of')
  expect(second?.slice(0, -1).join('\n')).not.toContain('Passage 20 of')
  expect(second?.at(-1)).toContain('Passage 20 of')
})

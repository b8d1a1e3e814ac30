import { beforeEach, describe, expect, it } from 'vitest'
import type { Story } from '@contract/entities/story'
import { RoleId } from '@contract/ids'
import { openStage, type TurnStage } from '@test/helpers/turn-stage'

const main = RoleId.parse('main')

let stage: TurnStage
let story: Story
beforeEach(async () => {
  stage = await openStage()
  story = await stage.story()
})

const write = (text: string) =>
  stage.app.ask('stories.override', { id: story.id, role: main, changes: { prompt: { text, madeOf: null } } })
const send = (text = 'I open the door.') => stage.app.turn({ storyId: story.id, kind: 'send', text })
const plan = (prompts?: Record<string, string>) =>
  stage.app.ask('turns.plan', { storyId: story.id, kind: 'send', text: 'I wait.', ...(prompts ? { prompts } : {}) })

describe('a prompt of the story’s own', () => {
  it('is what the model is sent: words, sections where they are placed, and nothing else', async () => {
    await send()
    await write('Write like a diary, in {{ language }}.\n\n{{ recent_text }}{{ line }}\n\n{{ as_user }}[Be brief.]')
    await send('I sit down.')
    const sent = stage.sent().at(-1) ?? []
    expect(sent.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user'])
    expect(sent[0]).toEqual({ role: 'system', content: 'Write like a diary, in English.' })
    expect(sent[3]).toEqual({ role: 'user', content: 'I sit down.\n\n[Be brief.]' })
  })

  it('that leaves out the recent text sends none of it', async () => {
    await send()
    await write('Answer: {{ line }}')
    await send('Alone.')
    expect(stage.sent().at(-1)).toEqual([
      { role: 'system', content: 'Answer:' },
      { role: 'user', content: 'Alone.' },
    ])
  })

  it('with a mistake fails the turn with its place, and keeps the line', async () => {
    await write('One.\n{{ nonsense }}')
    const { outcome, error } = await send()
    expect(outcome).toBe('failed')
    expect(error).toMatchObject({
      code: 'template_undefined',
      details: { role: 'main', name: 'nonsense', line: 2, column: 4 },
    })
    expect(await stage.texts(story)).toEqual(['I open the door.'])
    expect(stage.sent()).toEqual([])
    // The meter shows what it can, and no error of its own.
    expect(await stage.app.ask('stories.context', { id: story.id })).toBeNull()
    await write('Mended. {{ line }}')
    expect(await stage.app.turn({ storyId: story.id, kind: 'retry' })).toMatchObject({ outcome: 'complete' })
  })

  it('can be tried out in a dry run before it is kept', async () => {
    const [kept] = await plan()
    const [tried] = await plan({ main: 'Tried in {{ story.title }}. {{ line }}' })
    expect(kept?.messages[0]?.content).toContain('co-author')
    expect(tried?.messages[0]).toEqual({ role: 'system', content: `Tried in ${story.title}.` })
    expect(tried?.parts.map(({ id }) => id)).toEqual(['instructions', 'line'])
    await expect(plan({ main: '{% if %}' })).rejects.toMatchObject({ shape: { code: 'template_syntax' } })
  })
})

it('the built-in prompt asks to go on where the writer says nothing, and sends no empty message', async () => {
  await send('')
  const sent = stage.sent().at(-1) ?? []
  expect(sent.map(({ role }) => role)).toEqual(['system', 'user'])
  expect(sent[1]?.content).toMatch(/^\[The writer adds nothing this time\./)
  await send('')
  expect((stage.sent().at(-1) ?? []).map(({ role }) => role)).toEqual(['system', 'assistant', 'user'])
})

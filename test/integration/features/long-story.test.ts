import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { RoleId } from '@contract/ids'
import { openLongStory } from '@test/helpers/long-story'

const Chat = z.looseObject({ messages: z.array(z.unknown()) })

async function shortPassages(contextLength: number) {
  const opened = await openLongStory({ passages: 2000, text: (place) => `Passage ${place}`, contextLength })
  onTestFinished(opened.close)
  return opened
}

describe('a turn in a story of 2,000 passages', () => {
  it('sends all of them to a model that has room for all', async () => {
    const { app, fake, story } = await shortPassages(1_000_000)
    expect(await app.ask('stories.context', { id: story.id })).toMatchObject({ window: 1_000_000, leftOut: 0 })
    expect((await app.turn({ storyId: story.id, kind: 'send', text: 'On.' })).outcome).toBe('complete')
    // The instructions, the passages and the line.
    expect(Chat.parse(fake.chats()[0]).messages).toHaveLength(2002)
  })

  it('says how many are left out where there is less room, to the last one', async () => {
    const { app, fake, story } = await shortPassages(8192)
    // Room that is kept for what Memory may find would be given back when it finds nothing.
    const changes = { 'work.cadence': 'demand' }
    await app.ask('stories.override', { id: story.id, role: RoleId.parse('rag'), changes })
    const use = await app.ask('stories.context', { id: story.id })
    await app.turn({ storyId: story.id, kind: 'continue' })
    // The instructions, the passages and the request to go on.
    const sent = Chat.parse(fake.chats()[0]).messages.length - 2
    expect(sent).toBeGreaterThan(100)
    expect(use?.leftOut).toBe(2000 - sent)
  })
})

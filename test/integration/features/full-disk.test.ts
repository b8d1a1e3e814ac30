import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { createGate } from '@test/helpers/gate'
import { mountSmallDisk, smallDiskMissing } from '@test/helpers/small-disk'
import { startTestCore } from '@test/helpers/test-core'
import { fakeProvider, lastPassage, passagesOf, storyWith } from '@test/helpers/test-story'

const because = smallDiskMissing === null ? '' : ` (skipped, ${smallDiskMissing})`

describe.skipIf(smallDiskMissing !== null)(`on a disk that fills up, a turn${because}`, () => {
  let fake: FakeOpenAi
  beforeEach(async () => {
    fake = await startFakeOpenAi()
    onTestFinished(() => fake.stop())
  })
  const onSmallDisk = async () => {
    const disk = mountSmallDisk(6000)
    onTestFinished(disk.remove)
    const app = await startTestCore({ dataDir: disk.path })
    onTestFinished(() => app.close())
    const story = await storyWith(app, await fakeProvider(app, fake.url))
    const restart = async () => {
      await app.close()
      const again = await startTestCore({ dataDir: disk.path })
      onTestFinished(() => again.close())
      return again
    }
    return { disk, app, story, restart }
  }

  it('stays on the page, is saved once there is room, and is all there after a restart', async () => {
    const { disk, app, story, restart } = await onSmallDisk()
    const [gate, end] = [createGate(), createGate()]
    const long = 'A word after another. '.repeat(8000)
    fake.answerWith(chatReply.stream(['The door opens. ', gate, long, end]))
    await app.ask('turns.start', { storyId: story.id, kind: 'send', text: 'Go.' })
    await app.event('turn.delta')
    disk.fill()
    gate.open()
    const ended = await app.event('turn.ended')
    expect(ended).toMatchObject({ outcome: 'failed', error: { code: 'storage_full' } })
    const kept = await lastPassage(app, story)
    expect(kept).toMatchObject({ id: ended.messageId, state: 'failed' })
    expect(kept.text).toMatch(/^The door opens\. /)
    const failed = { id: ended.turnId, state: 'failed', messageId: kept.id, error: { code: 'storage_full' } }
    expect(await app.ask('turns.last', { storyId: story.id })).toMatchObject(failed)
    end.open()
    const more = { storyId: story.id, kind: 'send', text: 'x'.repeat(100_000) }
    expect(await app.refusal('turns.start', more)).toMatchObject({ code: 'storage_full', retryable: true })
    disk.free()
    const again = await restart()
    expect(await lastPassage(again, story)).toMatchObject({ state: 'failed', text: kept.text })
    expect(await again.ask('turns.last', { storyId: story.id })).toMatchObject(failed)
  })

  it('leaves no empty passage behind', async () => {
    const { disk, app, story, restart } = await onSmallDisk()
    const gate = createGate()
    fake.answerWith(chatReply.stream([gate]))
    await app.ask('turns.start', { storyId: story.id, kind: 'send', text: 'Go.' })
    await gate.reached
    disk.fill()
    await app.ask('turns.stop', { storyId: story.id })
    await app.event('turn.ended')
    expect((await passagesOf(app, story)).map(({ text }) => text)).toEqual(['Go.'])
    disk.free()
    const again = await restart()
    expect((await passagesOf(again, story)).map(({ text }) => text)).toEqual(['Go.'])
  })
})

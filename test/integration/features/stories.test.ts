import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { join } from 'node:path'
import { openDatabase } from '@main/data/database'
import { createStores } from '@main/data/stores'
import { chatReply } from '@test/helpers/chat-reply'
import { createGate } from '@test/helpers/gate'
import { startTestCore } from '@test/helpers/test-core'
import { demoSettings, lastPassage, passagesOf, storyWith } from '@test/helpers/test-story'
import { addPassages } from '@test/helpers/test-stores'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { openStage, type TurnStage } from '@test/helpers/turn-stage'

let stage: TurnStage
beforeEach(async () => {
  stage = await openStage()
})
const listed = async () => (await stage.app.ask('stories.list', {})).map(({ title }) => title)

describe('stories', () => {
  it('get a name in their own language, with a number when it is taken', async () => {
    const { presetId } = await stage.story()
    for (const language of ['en', 'ru', 'ru'] as const) await stage.app.ask('stories.create', { language, presetId })
    expect((await listed()).toSorted()).toEqual([
      'Untitled story',
      'Untitled story 2',
      'История без названия',
      'История без названия 2',
    ])
  })

  it('are copied as they are shown, with the copy on its own from then on', async () => {
    const { app, fake } = stage
    const story = await stage.story()
    fake.answerWith(chatReply.stream(['One.']), chatReply.stream(['Two.']))
    await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    await app.turn({ storyId: story.id, kind: 'retry' })
    await app.ask('stories.saveDraft', { id: story.id, draft: 'not sent' })
    const copy = await app.ask('stories.duplicate', { id: story.id })
    expect(copy).toMatchObject({ draft: '', presetId: story.presetId })
    expect(await stage.texts(copy)).toEqual(['Go.', 'Two.'])
    const passage = await lastPassage(app, copy)
    expect(passage).toMatchObject({ alternatives: [passage.id], writtenBy: { model: 'fake-model' } })
    await app.ask('messages.edit', { id: passage.id, text: 'Changed.' })
    expect(await stage.texts(story)).toEqual(['Go.', 'Two.'])
  })

  it('are copied a little at a time: others are answered meanwhile, and half a copy is never seen', async () => {
    const { app } = stage
    const story = await stage.story()
    await app.core.close()
    const db = openDatabase(join(app.dataDir, 'fabula.sqlite'))
    addPassages(createStores(db), story.id, 3000)
    db.close()
    const again = await startTestCore({ dataDir: app.dataDir, vaultKey: app.vaultKey })
    let made = false
    const copying = again.ask('stories.duplicate', { id: story.id }).then((copy) => {
      made = true
      return copy
    })
    for (let count = 0; count < 5; count += 1)
      expect((await again.ask('stories.list', {})).map(({ id }) => id)).toEqual([story.id])
    expect(made).toBe(false)
    expect(await again.ask('bin.list', {})).toEqual([])
    const copy = await copying
    const read = await again.ask('messages.page', { storyId: copy.id, limit: 2 })
    expect(read).toMatchObject({ length: 3000, messages: [{ text: 'Passage 2998' }, { text: 'Passage 2999' }] })

    // A copy that the end of the app cuts off is not there at the next start.
    const cut = again.refusal('stories.duplicate', { id: story.id })
    await again.ask('stories.list', {})
    await again.core.close()
    expect(await cut).toMatchObject({ code: 'turn_interrupted' })
    const last = await startTestCore({ dataDir: app.dataDir, vaultKey: app.vaultKey })
    onTestFinished(() => last.core.close())
    expect(await last.ask('stories.list', {})).toHaveLength(2)
    expect(await last.ask('bin.list', {})).toEqual([])
  })

  it('are copied in the middle of a turn as far as they have come', async () => {
    const { app, fake } = stage
    const gate = createGate()
    fake.answerWith(chatReply.stream(['Half a', gate]))
    const story = await stage.story()
    await app.ask('turns.start', { storyId: story.id, kind: 'send', text: 'Go.' })
    await app.event('turn.delta')
    const copy = await app.ask('stories.duplicate', { id: story.id })
    expect((await passagesOf(app, copy)).map(({ state }) => state)).not.toContain('streaming')
    gate.open()
    await app.event('turn.ended')
  })

  it('come back from the bin with everything', async () => {
    const { app } = stage
    const story = await stage.story()
    await app.turn({ storyId: story.id, kind: 'send', text: 'The lighthouse.' })
    await app.ask('stories.delete', { id: story.id })
    expect(await listed()).toEqual([])
    expect(await app.ask('stories.search', { text: 'lighthouse' })).toMatchObject({ found: 0 })
    await app.ask('stories.restore', { id: story.id })
    expect(await listed()).toEqual([story.title])
    expect(await app.ask('stories.search', { text: 'lighthouse' })).toMatchObject({ places: 1 })
    expect(await passagesOf(app, story)).toHaveLength(2)
  })

  it('keep their draft as it was typed, also over a restart', async () => {
    const folder = temporaryFolder()
    onTestFinished(folder.remove)
    const first = await startTestCore({ dataDir: folder.path })
    const story = await storyWith(first, await demoSettings(first))
    const draft = '  «Ёлка» — \n\n🌊 {{x}} '
    await first.ask('stories.saveDraft', { id: story.id, draft })
    await first.close()
    const second = await startTestCore({ dataDir: folder.path })
    onTestFinished(() => second.close())
    expect((await second.ask('stories.get', { id: story.id })).draft).toBe(draft)
  })

  it('without a preset to stand on say what is missing', async () => {
    const refused = await stage.app.refusal('stories.create', { language: 'en' })
    expect(refused).toMatchObject({ code: 'role_without_model', details: { reason: 'no_preset' } })
  })

  it('that are not there are not found, whatever is asked of them', async () => {
    const id = '01990000-0000-7000-8000-000000000000'
    for (const [route, more] of [
      ['stories.get', {}],
      ['stories.rename', { title: 'x' }],
      ['stories.duplicate', {}],
      ['stories.archive', { archived: true }],
      ['stories.delete', {}],
      ['stories.restore', {}],
      ['stories.saveDraft', { draft: 'x' }],
      ['stories.cast', {}],
    ] as const)
      expect(`${route} ${(await stage.app.refusal(route, { id, ...more })).code}`).toBe(`${route} not_found`)
    expect(await stage.app.refusal('messages.page', { storyId: id })).toMatchObject({ code: 'not_found' })
    expect(await stage.app.ask('turns.active', { storyId: (await stage.story()).id })).toBeNull()
  })
})

import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import type { PresetRole } from '@contract/entities/preset'
import { RoleId, type StoryId } from '@contract/ids'
import { AppProcess } from '@test/helpers/app-process'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { createGate, type Gate } from '@test/helpers/gate'
import { temporaryFolder, type TemporaryFolder } from '@test/helpers/temporary-folder'

const Sent = z.looseObject({ model: z.string() })
const answers: Record<string, string> = {
  director: 'Beat: a bell rings.',
  rag: JSON.stringify({ queries: ['where Marta hid the astrolabe'] }),
  main: 'The draft.',
  guard: JSON.stringify({ verdict: 'passes', contradictions: [] }),
  storyteller: 'What the reader sees.',
}
const onDemand = ['director', 'rag', 'guard'].map((role) => RoleId.parse(role))

let folder: TemporaryFolder
let fake: FakeOpenAi
let app: AppProcess
let storyId: StoryId
/** Where the model of a role waits: it is called like its role. */
let gates: Map<string, Gate>

beforeEach(async () => {
  folder = temporaryFolder()
  gates = new Map()
  fake = await startFakeOpenAi()
  app = await AppProcess.start({ dataDir: folder.path })
})
afterEach(async () => {
  await app.kill()
  await fake.stop()
  folder.remove()
})

const isOver = async () => (await app.rpc('turns.active', { storyId })) === null
const passages = async () => (await app.rpc('messages.page', { storyId, limit: 500 })).messages

/** A story that its Writer no longer sees the beginning of, and all of whose roles are on. */
async function tellLongStory(): Promise<void> {
  const { id: providerId } = await app.rpc('providers.create', { name: 'Fake', baseUrl: fake.url, keyRequired: false })
  const role = (model: string, enabled = true): PresetRole => ({
    enabled,
    modelConfigId: null,
    settings: {
      providerId,
      model,
      samplers: { num_ctx: 1600, max_tokens: 200 },
      ...(onDemand.some((one) => one === model) ? { work: { cadence: 'demand' } } : {}),
    },
  })
  const names = Object.keys(answers)
  const preset = await app.rpc('presets.create', {
    name: 'All of them',
    roles: Object.fromEntries(names.map((name) => [name, role(name, name !== 'storyteller')])),
  })
  storyId = (await app.rpc('stories.create', { language: 'en', presetId: preset.id })).id
  fake.alwaysAnswerWith(() =>
    chatReply.stream(['Old Marta hid the brass astrolabe under the third stair. '.repeat(12)])
  )
  for (let told = 0; told < 6; told += 1) {
    await app.rpc('turns.start', { storyId, kind: 'send', text: `I go on for the ${told}th time.` })
    await expect.poll(isOver).toBe(true)
  }
  await expect.poll(async () => (await app.rpc('memory.state', { storyId })).state).toBe('ready')
  await app.rpc('stories.override', { id: storyId, role: RoleId.parse('storyteller'), changes: { enabled: true } })
  fake.alwaysAnswerWith((request) => {
    const { model } = Sent.parse(request.body)
    const gate = gates.get(model)
    return chatReply.stream(gate ? [gate] : [answers[model] ?? ''])
  })
}

it('a turn that is killed in any of its steps keeps the line and the draft, says so at the next start, and can be tried again', async () => {
  await tellLongStory()
  for (const role of Object.keys(answers)) {
    const gate = createGate()
    gates.set(role, gate)
    const text = `Killed while ${role} is at work.`
    const { turnId } = await app.rpc('turns.start', { storyId, kind: 'send', text, roles: onDemand })
    await gate.reached
    await app.kill()
    gates.delete(role)
    gate.open()

    app = await AppProcess.start({ dataDir: folder.path })
    const hasDraft = role === 'guard' || role === 'storyteller'
    expect(await app.rpc('turns.last', { storyId })).toMatchObject(
      hasDraft
        ? { id: turnId, state: 'stopped', error: null }
        : { id: turnId, state: 'failed', messageId: null, error: { code: 'turn_interrupted' } }
    )
    const told = await passages()
    expect(told.slice(hasDraft ? -2 : -1).map((one) => one.text)).toEqual([text, ...(hasDraft ? ['The draft.'] : [])])
    const notes = told.at(-1)?.writtenBy?.notes?.map(({ kind }) => kind)
    expect(notes).toEqual(hasDraft ? ['draft'] : undefined)

    await app.rpc('turns.start', { storyId, kind: 'retry', roles: onDemand })
    await expect.poll(isOver).toBe(true)
    expect((await passages()).slice(-2)).toMatchObject([{ text }, { text: 'What the reader sees.', state: 'complete' }])
  }
})

it('summaries that were being written when the app was killed are written after the next start, each once', async () => {
  const { id: providerId } = await app.rpc('providers.create', { name: 'Fake', baseUrl: fake.url, keyRequired: false })
  const settings = { providerId, model: 'main' }
  const roles = { main: { enabled: true, modelConfigId: null, settings } }
  const preset = await app.rpc('presets.create', { name: 'Alone', roles })
  storyId = (await app.rpc('stories.create', { language: 'en', presetId: preset.id })).id
  fake.alwaysAnswerWith(() => chatReply.stream(['Old Marta hid the brass astrolabe.']))
  for (const text of ['The first chapter.', 'The second chapter.', 'The third chapter.']) {
    await app.rpc('turns.start', { storyId, kind: 'send', text })
    await expect.poll(isOver).toBe(true)
    const last = (await passages()).at(-1)
    if (last) await app.rpc('messages.endChapter', { id: last.id, name: text })
  }
  // The first summary comes, the second one is cut off in the middle of its words.
  const gate = createGate()
  fake.answerWith(chatReply.stream(['Of the first.']), chatReply.stream(['Of the', gate]))
  await app.rpc('summaries.make', { storyId })
  await gate.reached
  await app.kill()
  gate.open()

  fake.alwaysAnswerWith(() => chatReply.stream(['After the start.']))
  app = await AppProcess.start({ dataDir: folder.path })
  await expect.poll(async () => (await app.rpc('summaries.list', { storyId })).job).toBeNull()
  const { summaries, left, error } = await app.rpc('summaries.list', { storyId })
  expect({ left, error }).toEqual({ left: 0, error: null })
  expect(summaries.map(({ first, last, text }) => ({ first, last, text }))).toEqual([
    { first: 0, last: 1, text: 'Of the first.' },
    { first: 2, last: 3, text: 'After the start.' },
    { first: 4, last: 5, text: 'After the start.' },
  ])
})

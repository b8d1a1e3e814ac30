import { readdir } from 'node:fs/promises'
import { expect, it, onTestFinished } from 'vitest'
import { MediaError, ProviderError } from '@contract/errors'
import { rejection } from '@test/helpers/connect'
import { fileReply, soundFile } from '@test/helpers/fake-media-jobs'
import { jsonReply, startFakeServer, stallReply, type FakeServer, type Reply } from '@test/helpers/fake-server'
import { createGate } from '@test/helpers/gate'
import { makerStage } from '@test/helpers/media-maker-stage'

const PLAN = {
  caption: 'rewritten by the planner',
  lyrics: 'other words',
  bpm: 96,
  keyscale: 'G minor',
  audio_codes: '1,2',
}

/** A KoboldCpp with a music model. */
async function kobold(answers: { prepare?: Reply; generate?: Reply } = {}): Promise<FakeServer> {
  const fake = await startFakeServer(({ path }) => {
    if (path.endsWith('/prepare')) return answers.prepare ?? jsonReply(PLAN)
    if (path.endsWith('/abort')) return jsonReply({ success: true })
    return answers.generate ?? fileReply(soundFile(), 'audio/wav')
  })
  onTestFinished(() => fake.stop())
  return fake
}
const stageAt = (fake: FakeServer, signal?: AbortSignal) =>
  makerStage('koboldcpp-music', 'song', fake.origin, {
    settings: { style: 'slow folk', duration: 30 },
    ...(signal ? { signal } : {}),
  })

it('a song is planned and then made, with what was asked for over the plan', async () => {
  const fake = await kobold()
  expect(await stageAt(fake).make()).toMatchObject({ file: { type: 'audio/wav', bytes: soundFile().length }, cost: 0 })
  const asked = { caption: 'slow folk', lyrics: 'The river sleeps.', duration: 30 }
  expect(fake.requests.map(({ path, body }) => [path, body])).toEqual([
    ['/api/extra/music/prepare', asked],
    ['/api/extra/music/generate', { ...PLAN, ...asked }],
  ])
})

it.each([
  ['has no planner', jsonReply({ detail: 'Not Found' }, 404)],
  ['has one that fails', jsonReply({ error: 'planner failed' })],
])('a KoboldCpp that %s makes the song all the same', async (_name, prepare) => {
  const fake = await kobold({ prepare })
  expect((await stageAt(fake).make()).file).not.toBeNull()
})

it.each([
  ['has no music model', jsonReply({ detail: { msg: 'No model' } }, 503), ProviderError.Overloaded],
  ['says why not', jsonReply({ error: 'out of memory' }), MediaError.NotMade],
  [
    'sends something else',
    fileReply(Buffer.from('not a sound at all, whatever it is called by its server'), 'audio/wav'),
    MediaError.WrongType,
  ],
])('a KoboldCpp that %s is told apart', async (_name, generate, code) => {
  const stage = stageAt(await kobold({ generate }))
  expect(await rejection(stage.make())).toMatchObject({ code })
  expect(await readdir(stage.folder.path)).toEqual([])
})

it('one that is stopped is told to stop', async () => {
  const gate = createGate()
  onTestFinished(gate.open)
  const fake = await kobold({ generate: stallReply(gate) })
  const controller = new AbortController()
  const stopped = rejection(stageAt(fake, controller.signal).make())
  await fake.nextRequest('/generate')
  controller.abort(new Error('Stopped'))
  expect(await stopped).toMatchObject({ message: 'Stopped' })
  expect(fake.requestsTo('/generate')[0]).toMatchObject({ closedEarly: true })
  expect(fake.requestsTo('/abort')).toHaveLength(1)
})

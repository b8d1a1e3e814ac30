import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { anthropicReply } from '@test/helpers/anthropic-reply'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeAnthropic } from '@test/helpers/fake-anthropic'
import { startFakeOpenAi } from '@test/helpers/fake-openai'
import { jsonReply, type Reply } from '@test/helpers/fake-server'
import { keyForms } from '@test/helpers/key-forms'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { startTestCore } from '@test/helpers/test-core'
import { fakeProvider, providerOf, storyWith } from '@test/helpers/test-story'

/** Without a shape that would give it away, so that only knowing it helps. */
const KEY = 'Planted_9/F3c0+A77d-1E24b58Q'

const ended: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end()
})

/** Everything that Fabula has written into its folder: the database, its log, its own log. */
const everythingIn = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n')

/** Where a form of the key begins to be one, in whatever the text was stored as. */
const tracesOf = (text: string): string[] =>
  keyForms(KEY)
    .filter(([, form]) => {
      const begins = form.slice(0, Math.min(40, form.length - 4))
      return text.includes(begins) || text.includes(JSON.stringify(begins).slice(1, -1))
    })
    .map(([name]) => name)

/** Each form in every field that a server may use, and across the cut of a long message. */
const failures = (reply: (message: string, word: string) => Reply): Reply[] =>
  keyForms(KEY).flatMap(([, form]) => [
    reply(`Incorrect API key provided: ${form}.`, form),
    reply(`${'x'.repeat(290)} ${form}`, `invalid_${form}`),
  ])

/** What a provider repeats of a key was kept in clear: in the list of models, with a turn, in the log. */
it('keeps a key that a provider repeats nowhere, however it is written', async () => {
  const folder = temporaryFolder()
  ended.push(folder.remove)
  const app = await startTestCore({ dataDir: folder.path })
  ended.push(app.close)
  const openAi = await startFakeOpenAi()
  ended.push(openAi.stop)
  const anthropic = await startFakeAnthropic()
  ended.push(anthropic.stop)
  const answers: unknown[] = []

  const settings = await fakeProvider(app, openAi.url, { keys: [KEY] })
  const story = await storyWith(app, settings)
  const replies = failures((message, word) => chatReply.error(500, { message, code: word, type: word }))
  for (const reply of [...replies, chatReply.errorInStream(['a'], { message: KEY, code: KEY })]) {
    openAi.answerWith(reply)
    answers.push(await app.turn({ storyId: story.id, kind: 'send', text: '' }))
    openAi.answerAt('/models', reply)
    answers.push(await app.refusal('models.refresh', { providerId: settings.providerId }))
    answers.push(await app.ask('models.states', {}))
  }
  openAi.answerAt('/models', jsonReply({ error: KEY }, 401))
  answers.push(await app.refusal('tokens.check', { id: settings.tokenIds[0] }))

  const { id: providerId } = await providerOf(app, 'anthropic')
  await app.ask('providers.update', { id: providerId, patch: { baseUrl: anthropic.url } })
  const token = await app.ask('tokens.add', { providerId, name: 'Key', secret: `${KEY}-2` })
  const claude = await storyWith(app, { providerId, model: 'claude-test-4', tokenIds: [token.id] })
  for (const reply of failures((message, word) => anthropicReply.error(500, word, message))) {
    anthropic.answerWith(reply)
    answers.push(await app.turn({ storyId: claude.id, kind: 'send', text: '' }))
  }
  for (const { id } of await app.ask('tokens.list', {})) await app.ask('tokens.delete', { id })
  answers.push(await app.ask('models.states', {}))

  expect(tracesOf(JSON.stringify([answers, app.events]))).toEqual([])
  await app.core.close()
  expect(tracesOf(everythingIn(folder.path))).toEqual([])
})

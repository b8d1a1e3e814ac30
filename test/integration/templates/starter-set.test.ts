import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TemplateContent } from '@contract/entities/template'
import type { StoryId } from '@contract/ids'
import type { JsonObject, JsonValue, Language } from '@contract/values'
import { defaultOf } from '@main/features/templates/check-inputs'
import { starters } from '@main/features/templates/starters'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { demoSettings, presetWith } from '@test/helpers/test-story'

const folder = temporaryFolder()
const stories = new Map<Language, StoryId>()
let app: TestCore

beforeAll(async () => {
  app = await startTestCore({ dataDir: folder.path })
  const preset = await presetWith(app, await demoSettings(app))
  for (const language of ['en', 'ru'] as const) {
    const story = await app.ask('stories.create', { language, title: 'Fog', presetId: preset.id })
    const world = await app.ask('worlds.create', { language })
    await app.ask('worlds.addEntry', {
      worldId: world.id,
      kind: 'character',
      name: 'Anselm',
      language,
      fields: { description: 'He counts.' },
    })
    await app.ask('storyWorlds.setWorlds', { storyId: story.id, worldIds: [world.id] })
    await app.turn({ storyId: story.id, kind: 'send', text: 'Anselm, the gulls are gone.' })
    stories.set(language, story.id)
  }
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

const brought = starters.flatMap(({ key, words }) =>
  (['en', 'ru'] as const).map((language): [string, Language, TemplateContent] => [
    key,
    language,
    words[language].content,
  ])
)
const isEmpty = (value: JsonValue) => value === '' || (Array.isArray(value) && value.length === 0)
/** What a form holds in which only what it cannot do without was filled in. */
const fewest = ({ variables }: TemplateContent): JsonObject =>
  Object.fromEntries(
    variables.flatMap((variable) => {
      const { name, required, sample } = variable
      return required && isEmpty(defaultOf(variable)) ? [[name, sample]] : []
    })
  )

describe.each(brought)('%s in %s', (_key, language, content) => {
  it('has no mistake, misses no variable and asks for none that it does not use', async () => {
    expect(await app.ask('templates.check', { content })).toEqual({ problems: [], missing: [], unused: [] })
  })

  it.each(['alone', 'with a story'])('can be sent %s, with all that it asks for and with the least', async (place) => {
    const storyId = place === 'alone' ? null : (stories.get(language) ?? null)
    const asked = { content, storyId, selection: '' }
    const full = await app.ask('templates.preview', { ...asked, inputs: {}, samples: true })
    const least = await app.ask('templates.preview', { ...asked, inputs: fewest(content) })
    for (const { messages, inputs, problems } of [full, least]) {
      expect([inputs, problems]).toEqual([[], []])
      expect(messages?.map(({ role }) => role)).toEqual(['system', 'user'])
      for (const { content: said } of messages ?? []) {
        expect(said).not.toMatch(/\n{3}|[^\S\n]\n|: *\n*$|: (none|null|true|false)\b|undefined/)
        expect(said).not.toMatch(/\{[{%]|\[object/)
      }
    }
    const [, said] = full.messages ?? []
    const unsaid = content.variables.filter(
      ({ sample }) => typeof sample === 'string' && said?.content.includes(sample) !== true
    )
    expect(unsaid).toEqual([])
    const readsTheScene = storyId !== null && content.system.includes('{{ characters }}')
    expect(JSON.stringify(full.messages).includes('Anselm')).toBe(readsTheScene)
  })
})

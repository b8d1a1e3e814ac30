import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TemplateContent } from '@contract/entities/template'
import type { StoryId } from '@contract/ids'
import { validateSettings } from '@contract/schema/validate-settings'
import { JsonValue, type JsonObject, type Language } from '@contract/values'
import { defaultOf } from '@main/generation/check-inputs'
import { starters } from '@main/features/templates/starters'
import { askDemo } from '@test/unit/demo/ask-demo'
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

describe.each(brought)('%s in %s', (key, language, content) => {
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

  it('is answered by the Demo in its language, with what was asked for', async () => {
    const { messages } = await app.ask('templates.preview', { content, inputs: {}, samples: true })
    const { answer } = content
    const schema = answer.format === 'text' ? null : answer.schema
    const { text } = await askDemo(
      messages ?? [],
      {},
      schema ? { responseFormat: { type: 'schema', schema: schema } } : {}
    )
    const words = text.replaceAll(/"\w+":|\\n/g, '')
    const [foreign, own] = language === 'en' ? [/\p{Script=Cyrillic}/u, /[a-z]{3}/] : [/[a-z]/i, /[а-я]{3}/]
    expect(words).toMatch(own)
    expect(words).not.toMatch(foreign)
    expect(words).not.toMatch(/[<>{}]{2}|<\w+>|""/)
    expect(schema ? validateSettings(schema, JsonValue.parse(JSON.parse(text))) : []).toEqual([])
    expect(text).toContain(answered[key]?.[language])
  })
})

/** Words that only the answer to the sample of a template has. */
const answered: Record<string, Record<Language, string>> = {
  blurb: { en: 'if the fog lifts', ru: 'если разойдётся туман' },
  'chapter-plan': { en: 'The kitchen, before light', ru: 'Кухня, до рассвета' },
  'chapter-summary': { en: 'The lamp had been out since four', ru: 'Лампа погасла в четыре' },
  character: { en: '“mind the step”', ru: '«осторожно, ступенька»' },
  critique: { en: 'The lamp had been out since four', ru: 'Лампа погасла в четыре' },
  dialogue: { en: '“You’re early,” said Odile.', ru: '— Рано, — говорит Агафья.' },
  location: { en: 'The Low Arch', ru: 'Нижняя арка' },
  'lore-entry': { en: 'The law of the third bell', ru: 'Закон третьего колокола' },
  names: { en: 'Stellan', ru: 'Родион' },
  'scene-beat': { en: '.', ru: '.' },
  synopsis: { en: 'The bridge is opened in spring', ru: 'Весной открывают мост' },
}

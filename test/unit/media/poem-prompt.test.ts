import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StageId } from '@contract/ids'
import type { JsonObject } from '@contract/values'
import { createPoemPrompts, type PoemAsked, type Poet } from '@main/features/media/poem-prompt'
import { createTemplateEngine } from '@main/prompts/templates/template-engine'
import { createTemplateWorker, type TemplateWorker } from '@main/workers/template-worker'
import { wordsOf } from '@main/words/words'
import { rejection } from '@test/helpers/connect'
import { addPassage, addStory, testStores } from '@test/helpers/test-stores'
import { askDemo } from '@test/unit/demo/ask-demo'

let worker: TemplateWorker
beforeAll(() => {
  worker = createTemplateWorker()
})
afterAll(() => worker.close())

const POEM = StageId.parse('poem')
const { stores } = testStores()
const poet = (limit = 8192): Poet => ({
  provider: 'A provider',
  model: 'a-model',
  window: { total: limit, answer: 1024 },
  limit,
})

const PASSAGE = 'Игнат зажёг лампу и долго смотрел на воду. Туман стоял по пояс, и корабля не было.'
const alone = (text: string): PoemAsked => ({ stage: POEM, storyId: null, messageId: null, text })
const told = async (asked: PoemAsked, settings: JsonObject = {}, window?: number) => {
  const prompts = createPoemPrompts({ stores, engine: createTemplateEngine(worker) })
  return (await prompts(asked, settings, poet(window))).messages()
}

describe('what is told of a poem', () => {
  it('is the form, the metre, the length and the wishes, in the language of the poem', async () => {
    const settings = { form: 'ballad', metre: 'trochaic', lines: 24, wishes: 'От лица моря.' }
    const [system, user] = await told(alone(PASSAGE), settings)
    expect(system?.content).toMatch(/баллада[\s\S]*хорей[\s\S]*24 строк/)
    expect(user?.content).toContain(`<passage>\n${PASSAGE}\n</passage>`)
    expect(user?.content).toContain('От лица моря.')
    const [english] = await told(alone(PASSAGE), { ...settings, language: 'en' })
    expect(english?.content).toMatch(/ballad[\s\S]*trochaic[\s\S]*24 lines/)
    const [free] = await told(alone(PASSAGE), { form: 'free', metre: 'iambic' })
    expect(free?.content).not.toContain('ямб')
  })

  it('has what came just before the passage, and neither the passage twice nor what comes after', async () => {
    const storyId = addStory(stores, 'Соль')
    const before = addPassage(stores, storyId, null, { text: 'Вечером пришёл туман.' })
    const passage = addPassage(stores, storyId, before.id, { text: PASSAGE })
    addPassage(stores, storyId, passage.id, { text: 'Утром его не нашли.' })
    const all = (await told({ stage: POEM, storyId, messageId: passage.id, text: PASSAGE }))
      .map(({ content }) => content)
      .join('\n')
    expect(all).toContain('Соль')
    expect(all).toContain('Вечером пришёл туман.')
    expect(all.split(PASSAGE)).toHaveLength(2)
    expect(all).not.toContain('Утром его не нашли.')
  })

  it('is refused where the text does not fit into the window, with how much does', async () => {
    expect(await rejection(told(alone(PASSAGE.repeat(200)), {}, 4_096))).toMatchObject({
      code: 'provider_context_exceeded',
      details: { model: 'a-model', limit: 4_096 },
    })
  })
})

describe('a poem of the Demo', () => {
  const poem = async (settings: JsonObject, text = PASSAGE) => (await askDemo(await told(alone(text), settings))).text
  const stanzas = (text: string) => text.split('\n\n').slice(1)
  const lines = (text: string) =>
    stanzas(text)
      .join('\n')
      .split('\n')
      .filter((line) => line !== '')

  it.each([
    ['sonnet', 14],
    ['haiku', 3],
    ['limerick', 5],
    ['quatrains', 12],
    ['ballad', 16],
  ])('is a %s of %i lines, with a title, in both languages', async (form, count) => {
    for (const language of ['ru', 'en']) {
      const text = await poem({ form, language })
      expect(lines(text)).toHaveLength(count)
      expect(text.split('\n\n')[0]).toMatch(language === 'ru' ? /^[А-Яа-яЁё ]{3,40}$/u : /^[A-Za-z ]{3,40}$/u)
      expect(/\p{Script=Cyrillic}/u.test(lines(text).join(''))).toBe(language === 'ru')
      expect(/\p{Script=Latin}/u.test(lines(text).join(''))).toBe(language === 'en')
    }
  })

  it('is as long as was asked for, has a chorus that comes back, and takes its free verse from the passage', async () => {
    expect(lines(await poem({ form: 'quatrains', lines: 20 }))).toHaveLength(20)
    const song = stanzas(await poem({ form: 'song' }))
    expect(new Set([song[1], song[3], song[5]]).size).toBe(1)
    const free = lines(await poem({ form: 'free' })).join(' ')
    const words = new Set(wordsOf(PASSAGE).map(({ word }) => word))
    expect(wordsOf(free).every(({ word }) => words.has(word))).toBe(true)
    expect(await poem({ form: 'couplets' })).toBe(await poem({ form: 'couplets' }))
    expect(await poem({ form: 'couplets' })).not.toBe(await poem({ form: 'couplets' }, `${PASSAGE} И ещё.`))
  })
})

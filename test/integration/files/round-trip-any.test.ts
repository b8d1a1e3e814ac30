import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Name, type JsonObject } from '@contract/values'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { placed, providerOf } from '@test/helpers/test-story'
import { exportAll, importFile } from '@test/integration/files/configuration'

let here: TestCore
beforeAll(async () => {
  here = await startTestCore()
})
afterAll(() => here.close())

/** Text as JSON can hold it: halves of characters, NUL, and words that mean something to JavaScript. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom('\0', '\ud800', '\udc00', '\ufeff', '"', '\\', '🌊', 'ё', '\n'), maxLength: 8 }),
  fc.constantFrom('constructor', 'prototype', 'toString', '')
)
const key = text.filter((name) => name !== '__proto__')
const { json } = fc.letrec<{ json: JsonObject[string] }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.boolean(),
    fc.constant(null),
    fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(key, tie('json'), { maxKeys: 4, noNullPrototype: true })
  ),
}))
const fields = fc.dictionary(key, json, { maxKeys: 5, noNullPrototype: true })
const name = fc.oneof(text, fc.string({ unit: 'binary', maxLength: 120 })).filter((one) => Name.safeParse(one).success)

describe('whatever Fabula takes', () => {
  it('goes into a file and comes out of it again, with nothing lost', async () => {
    const demo = await providerOf(here, 'demo')
    await fc.assert(
      fc.asyncProperty(name, name, text, fields, text, async (preset, config, description, custom, stop) => {
        const made = await here.ask('modelConfigs.create', {
          name: config,
          kind: 'chat',
          settings: { providerId: demo.id, model: 'demo-novelist', custom },
        })
        const based = await here.ask('presets.create', {
          name: preset,
          description,
          roles: {
            main: { ...placed({ samplers: { stop: [stop] }, custom }), modelConfigId: made.id },
            storyteller: { ...placed({}, false), prompt: { text: stop, madeOf: { language: 'ru', digest: stop } } },
          },
        })
        const file = await exportAll(here)
        const there = await startTestCore()
        const report = await importFile(there, file)
        expect(report).toMatchObject({ dropped: [], skipped: 0, replaced: 0 })
        expect((await exportAll(there)).text).toBe(file.text)
        await there.close()
        const plan = await here.ask('files.preview', file)
        expect(new Set(plan.items.map(({ conflict }) => conflict))).toEqual(new Set(['same']))
        await here.ask('presets.delete', { id: based.id })
        await here.ask('modelConfigs.delete', { id: made.id })
      }),
      { numRuns: 25, seed: 8022, endOnFailure: true }
    )
  })
})

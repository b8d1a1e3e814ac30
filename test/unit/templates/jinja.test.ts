import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FabulaError } from '@contract/errors'
import type { JsonObject } from '@contract/values'
import { createTemplateEngine, type TemplateEngine } from '@main/prompts/templates/template-engine'
import { createTemplateWorker, type TemplateWorker } from '@main/workers/template-worker'
import { hostileCases } from './hostile-cases'
import { asJsonWritesIt, otherThanJinja, sameAsJinja, variables } from './jinja-cases'

let worker: TemplateWorker
let engine: TemplateEngine
beforeAll(() => {
  worker = createTemplateWorker()
  worker.warm()
  engine = createTemplateEngine(worker)
})
afterAll(() => worker.close())

/** A text, or the code of an error; anything else is thrown on. */
const outcome = (source: string, values: JsonObject = variables): Promise<string | { code: string }> =>
  engine.render(source, values).catch((error: unknown) => {
    if (error instanceof FabulaError) return { code: error.code }
    throw error
  })

describe('the engine of templates, beside Jinja', () => {
  it('is held to at least eighty cases', () => {
    expect(sameAsJinja.length + asJsonWritesIt.length).toBeGreaterThanOrEqual(80)
  })

  it.each(sameAsJinja)('%s: %s', async (_, source, text) => expect(await outcome(source)).toBe(text))

  it.each(asJsonWritesIt)('%s, as JSON writes it: %s', async (_, source, text) =>
    expect(await outcome(source)).toBe(text)
  )

  it.each(otherThanJinja)('%s: %s', async (_, source, expected, jinja) => {
    expect(await outcome(source)).toEqual(expected)
    expect(expected).not.toBe(jinja)
  })
})

describe('a hostile template', () => {
  it.each(hostileCases)('comes to no harm and does none: %s', async (_, expected, source, values = {}) => {
    // The thread that the last one has ended stands again: its start is no time of this one.
    expect(await outcome('{{ 1 }}')).toBe('1')
    const began = performance.now()
    const came = await outcome(source, values)
    slowest.push({ name: _, milliseconds: Math.round(performance.now() - began) })
    const matches: unknown = Array.isArray(expected) ? expected[0] : expected === 'text' ? someText : { code: expected }
    expect(came).toEqual(matches)
  })

  it('is one of forty and more, each given up within a second', () => {
    const taken = slowest.toSorted((a, b) => b.milliseconds - a.milliseconds)
    console.table(taken.slice(0, 5))
    expect(taken.length).toBeGreaterThanOrEqual(40)
    // A second on a machine at rest; a busy one is slow, not broken.
    expect(taken[0]?.milliseconds).toBeLessThan(30_000)
  })
})
const someText: unknown = expect.any(String)
const slowest: { name: string; milliseconds: number }[] = []

const words = fc.constantFrom(
  ...'{{ }} {% %} {# #} {{- -}} {%- -%} if elif else endif for endfor in set endset macro endmacro call endcall'.split(
    ' '
  ),
  ...'filter endfilter with endwith block endblock raw endraw recursive not and or is loop self caller range namespace'.split(
    ' '
  ),
  ...'name names tree n t no story . , : | = == ~ + - * / // ** % ( ) [ ] { } "a" 1 2.5 -1 99999999999 upper join map'.split(
    ' '
  ),
  ' ',
  '\n',
  '"',
  '\\'
)

describe('a template of any words', () => {
  it('comes to a text or to an error that says what is wrong, and the engine goes on', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 8, arbitrary: words }, fc.string()), { maxLength: 30 }),
        async (parts) => {
          const came = await outcome(parts.join(' '))
          expect(typeof came === 'string' || came.code.startsWith('template_')).toBe(true)
        }
      ),
      { numRuns: 250 }
    )
    expect(await outcome('{{ 1 }}')).toBe('1')
  })
})

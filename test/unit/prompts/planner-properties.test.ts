import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RoleId } from '@contract/ids'
import { estimateTokens, TOKENS_PER_MESSAGE } from '@main/platform/token-estimate'
import { planPrompt, type Prompt } from '@main/prompts/prompt-planner'
import type { PromptPiece, Speaker } from '@main/prompts/prompt-piece'
import { createPromptWriter } from '@main/prompts/prompt-template'
import type { Section } from '@main/prompts/section'
import { sections } from '@main/prompts/section-registry'
import { createTemplateEngine, type TemplateEngine } from '@main/prompts/templates/template-engine'
import { wholeMessages } from '@main/prompts/whole-messages'
import { createTemplateWorker, type TemplateWorker } from '@main/workers/template-worker'
import { emptyMaterial, testSection, type Sharing } from '@test/helpers/prompt-material'

interface Made {
  section: Section
  entries: string[]
}

/** A section of whole entries: as many of the first ones as fit. Each says who it is, so that a piece of one is seen. */
function made(id: string, sizes: readonly number[], sharing: Sharing): Made {
  const entries = sizes.map((size, index) => `<${id}.${index}>${'w '.repeat(size)}</${id}.${index}>`)
  const cost = (text: string) => estimateTokens(text) + TOKENS_PER_MESSAGE
  const fit = (room: number) => {
    let tokens = 0
    let count = 0
    for (const entry of entries) {
      if (tokens + cost(entry) > room) break
      tokens += cost(entry)
      count += 1
    }
    return {
      tokens,
      leftOut: () => entries.length - count,
      messages: () => entries.slice(0, count).map((content) => ({ role: 'user' as const, content })),
    }
  }
  return { entries, section: testSection(id, sharing, () => (entries.length === 0 ? null : { fit })) }
}

const sizes = fc.array(fc.nat(120), { maxLength: 8 })
const sharing = fc.record({
  priority: fc.nat(5),
  minimum: fc.oneof({ weight: 3, arbitrary: fc.nat(400) }, { weight: 1, arbitrary: fc.constant('all' as const) }),
  elasticity: fc.double({ min: 0, max: 1, noNaN: true }),
})
const speaker = fc.constantFrom<Speaker>('system', 'user', 'assistant')
const window = fc.record({ total: fc.nat(4000), answer: fc.nat(600) })

/** What must hold of any prompt, whatever it is made of. */
function expectSound(
  prompt: Prompt,
  sections: readonly Made[],
  words: string,
  { total, answer }: { total: number; answer: number }
) {
  const text = prompt
    .messages()
    .map(({ content }) => content)
    .join('\n\n')
  const required = sections.filter(({ section }) => section.minimum === 'all')
  const part = (id: string) => prompt.parts().find(({ section }) => section.id === id)

  // Never over the window, but by what must be sent; and the estimate is no smaller than what is sent.
  const must = required.reduce((sum, { section }) => sum + (part(section.id)?.tokens ?? 0), 0)
  const fixed = must + (part('instructions')?.tokens ?? 0)
  expect(prompt.tokens).toBeLessThanOrEqual(Math.max(fixed, total - answer))
  const sent = prompt.messages().reduce((sum, { content }) => sum + estimateTokens(content) + TOKENS_PER_MESSAGE, 0)
  expect(sent).toBeLessThanOrEqual(prompt.tokens)

  for (const { section, entries } of sections) {
    // Whole or not at all, in their order, and what is not there is counted.
    const there = entries.filter((entry) => text.includes(entry))
    expect(text.split(`<${section.id}.`).length - 1).toBe(there.length)
    expect(there).toEqual(entries.slice(0, there.length))
    const wholly = section.minimum === 'all' && part(section.id) !== undefined
    expect(part(section.id)?.leftOut ?? entries.length - there.length).toBe(entries.length - there.length)
    expect(wholly ? there : entries).toEqual(entries)
  }
  for (const word of words.split(/\s+/).filter(Boolean)) expect(text).toContain(word)
}

describe('a plan of any pieces for any window', () => {
  it('keeps to the window, whole entries, what is required, and its count', () => {
    const piece = fc.oneof(
      fc.record({
        kind: fc.constant('words' as const),
        speaker,
        text: fc.constantFrom('Alpha\n\n', '\n\n\nBeta', ' ', 'Gamma'),
      }),
      fc.record({ kind: fc.constant('section' as const), speaker: fc.option(speaker), sizes, sharing })
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), window, (list, room) => {
        const sections: Made[] = []
        const pieces = list.map((one, index): PromptPiece => {
          if (one.kind === 'words') return one
          const section = made(`s${index}`, one.sizes, one.sharing)
          sections.push(section)
          return { kind: 'section', speaker: one.speaker, section: section.section }
        })
        const words = list.map((one) => (one.kind === 'words' ? one.text : '')).join(' ')
        const prompt = planPrompt(pieces, emptyMaterial, room)
        expectSound(prompt, sections, words, room)
        expect(planPrompt(pieces, emptyMaterial, room).messages()).toEqual(prompt.messages())
        const shown = prompt.parts().map(({ section }) => section.id)
        const expected = sections.filter(({ entries }) => entries.length > 0).map(({ section }) => section.id)
        expect(shown.filter((id) => id !== 'instructions')).toEqual(expected)
        const text = prompt
          .messages()
          .map(({ content }) => content)
          .join('\n\n')
        const places = sections
          .flatMap(({ entries }) => entries)
          .map((entry) => text.indexOf(entry))
          .filter((at) => at >= 0)
        expect(places).toEqual(places.toSorted((a, b) => a - b))
        expect(text).not.toMatch(/\n{4,}/)
      }),
      { numRuns: 300 }
    )
  })
})

describe('a prompt by any template', () => {
  let worker: TemplateWorker
  let templates: TemplateEngine
  beforeAll(() => {
    worker = createTemplateWorker()
    templates = createTemplateEngine(worker)
  })
  afterAll(() => worker.close())

  const placed = sections.filter(({ id }) => id !== 'history')
  const words = fc.constantFrom(
    'Alpha. ',
    'Beta.\n\n',
    '\n\n{{ story.title }}',
    '{{ as_user }}',
    '{{ as_system }}',
    '{# c #}\n'
  )
  const place = fc.record({
    name: fc.constantFrom(...placed.map(({ variable }) => variable.name)),
    withWords: fc.boolean(),
  })
  /** Places no section twice. */
  const statements = fc
    .tuple(
      fc.array(words, { maxLength: 5 }),
      fc.uniqueArray(place, { maxLength: 8, selector: ({ name }) => name }),
      fc.infiniteStream(fc.boolean())
    )
    .map(([said, places, order]) => {
      const pieces = places.map(({ name, withWords }) =>
        withWords ? `{% if ${name} %}\n\nAbout:\n{{ ${name} }}\n{% else %}No ${name}.{% endif %}` : `{{ ${name} }}`
      )
      const mixed: string[] = []
      while (said.length + pieces.length > 0)
        mixed.push((order.next().value ? said.shift() : undefined) ?? pieces.shift() ?? said.shift() ?? '')
      return mixed
    })

  it('keeps to the same, sends no section that it does not place, and no words around one that is not there', async () => {
    await fc.assert(
      fc.asyncProperty(
        statements,
        fc.array(fc.record({ sizes, sharing }), { minLength: placed.length, maxLength: placed.length }),
        window,
        async (statements, how, room) => {
          const all = placed.map(({ id, variable }, index): Made => {
            const { sizes, sharing } = how[index] ?? { sizes: [], sharing: { priority: 0, minimum: 0, elasticity: 0 } }
            const { entries, section } = made(id, sizes, sharing)
            return { entries, section: { ...section, variable } }
          })
          const text = statements.join('')
          const writer = createPromptWriter({ sections: all.map(({ section }) => section), templates })
          const prompt = await writer.write({ role: RoleId.parse('main'), text }, emptyMaterial, room)
          const isPlaced = (id: string) =>
            placed.some((section) => section.id === id && text.includes(`{{ ${section.variable.name} }}`))
          const sent = all.filter(({ section }) => isPlaced(section.id))
          expectSound(prompt, sent, '', room)
          for (const { section } of prompt.parts())
            expect(section.id === 'instructions' || isPlaced(section.id)).toBe(true)
          const texts = prompt
            .messages()
            .map(({ content }) => content)
            .join('\n')
          expect(texts).not.toMatch(/About:\n*(?:No|Alpha|Beta|About|$)/)
          expect(texts).not.toContain('\uE000')
        }
      ),
      { numRuns: 100 }
    )
  })

  it('places a section that is a file and an entry in the registry', async () => {
    const sharing = { priority: 0, minimum: 'all', elasticity: 0 } as const
    const weather = testSection('weather', sharing, () => wholeMessages([{ role: 'user', content: 'Rain.' }]))
    const writer = createPromptWriter({ sections: [...sections, weather], templates })
    const template = { role: RoleId.parse('main'), text: 'Outside: {{ weather }}' }
    const prompt = await writer.write(template, emptyMaterial, { total: 8192, answer: 1024 })
    expect(prompt.messages()).toEqual([{ role: 'system', content: 'Outside: Rain.' }])
    expect(prompt.parts().map(({ section }) => section.id)).toEqual(['instructions', 'weather'])
  })
})

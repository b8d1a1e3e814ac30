import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '@contract/values'
import { readTextPrompt } from '@main/formats/foreign-prompt'
import { rolePromptFrom } from '@main/features/files/role-prompt-from'
import { promptVariables } from '@main/prompts/prompt-variables'
import { createTemplateEngine, type TemplateEngine } from '@main/prompts/templates/template-engine'
import { createTemplateWorker, type TemplateWorker } from '@main/workers/template-worker'

let worker: TemplateWorker
let templates: TemplateEngine
beforeAll(() => {
  worker = createTemplateWorker()
  templates = createTemplateEngine(worker)
})
afterAll(() => worker.close())

const made = (sysprompt: JsonObject | null, context: JsonObject | null = null) =>
  rolePromptFrom(
    readTextPrompt({ sysprompt, context }, () => []),
    'en'
  )
const words = (content: string, more: JsonObject = {}) => made({ name: 'x', content, ...more })
const frame = (storyString: string, more: JsonObject = {}) => ({ name: 'c', story_string: storyString, ...more })

/** What the model would read, with sections as `<name>`. */
async function told(text: string, without: readonly string[] = []) {
  const sections = promptVariables.flatMap(({ name, kind }) =>
    kind === 'value' ? [] : [[name, without.includes(name) || kind === 'speaker' ? '' : `<${name}>`] as const]
  )
  return templates.render(text, {
    ...Object.fromEntries(sections),
    story: { title: 'T', language: 'en' },
    language: 'English',
    persona_name: 'Ira',
    character_names: 'Anna and Boris',
  })
}

const silly = [
  '{{#if system}}{{system}}\n{{/if}}{{#if wiBefore}}{{wiBefore}}\n{{/if}}{{#if description}}{{description}}\n{{/if}}',
  "{{#if personality}}{{char}}'s personality: {{personality}}\n{{/if}}{{#if scenario}}Scenario: {{scenario}}\n{{/if}}",
  '{{#if wiAfter}}Also: {{wiAfter}}\n{{/if}}{{#if persona}}{{persona}}\n{{/if}}{{trim}}',
].join('')

describe('a system prompt of SillyTavern', () => {
  it('takes the place of the built-in instructions; all else is placed as in the built-in prompt', async () => {
    const { prompt, lost } = words('Write {{char}}’s next reply to <USER> in a chat.')
    const text = await told(prompt.text)
    expect(text).toMatch(/^Write Anna and Boris’s next reply to Ira in a chat\.\n/)
    expect(text).not.toContain('You are the co-author')
    for (const name of ['style', 'persona', 'lore', 'characters', 'places', 'summary', 'memory', 'recent_text', 'line'])
      expect([name, text.split(`<${name}>`).length]).toEqual([name, 2])
    expect(await templates.check(prompt.text, promptVariables)).toEqual([])
    expect([lost, prompt.madeOf]).toEqual([[], null])
  })

  it('says what comes after the history behind the newest line', async () => {
    const text = await told(words('Write.', { post_history: 'Stay with {{user}}.' }).prompt.text)
    expect(text).toMatch(/<line>\s+\[Stay with Ira\.\]/)
  })

  it('gets what Fabula adds in its own language', () => {
    expect(words('Пиши роман от третьего лица, медленно и подробно.').prompt.text).toContain('Персонажи этой сцены')
  })

  it('names macros without a counterpart, and chooses the first of what chance would choose', async () => {
    const { prompt, lost } = words(
      'It is {{time}}, {{random::a::b}}, {{getvar::mood}}.{{// a note }}{{newline}}End {{original}}.'
    )
    expect(await told(prompt.text)).toMatch(/^It is , a, \.\nEnd \.\n/)
    expect(lost).toEqual(['{{time}}', '{{random::a::b}}', '{{getvar::mood}}'])
  })

  it('is never code', async () => {
    const hostile = '{% include "x" %}{# gone? #}{{{% raw %}{{user}}{'
    expect(await told(words(hostile).prompt.text)).toContain('{% include "x" %}{# gone? #}{{{% raw %}Ira{')
  })
})

describe('a context template of SillyTavern', () => {
  it('orders the sections, each in one place, without a heading over nothing', async () => {
    const { prompt, lost } = made({ name: 'x', content: 'Write.' }, frame(silly))
    const text = await told(prompt.text)
    expect(text).toMatch(/^Write\.\n<lore>\n<characters>\n<persona>\n/)
    expect(text).not.toMatch(/personality:|Scenario:|Also:/)
    expect(await told(prompt.text, ['lore', 'persona'])).toMatch(/^Write\.\n<characters>\n/)
    expect(lost).toEqual([])
  })

  it('alone keeps the built-in instructions', async () => {
    const text = await told(made(null, frame(silly)).prompt.text)
    expect(text).toMatch(/^You are the co-author of the interactive story “T”/)
    expect(text.indexOf('<lore>')).toBeLessThan(text.indexOf('<characters>'))
  })

  it('keeps both halves of a block, comments out, and says what starts the chat', async () => {
    const given =
      '{{system}}{{!-- c --}}{{#if persona}}P: {{persona}}{{else}}Nobody.{{/if}} {{#unless scenario}}Free.{{/unless}}'
    const { prompt } = made({ name: 'x', content: 'W. ' }, frame(given, { chat_start: '*** Begin ***' }))
    expect(await told(prompt.text)).toMatch(/^W\.P: <persona> \n\n\*\*\* Begin \*\*\*/)
    expect(await told(prompt.text, ['persona', 'characters'])).toMatch(/^W\.Nobody\. Free\.\n/)
  })
})

it('a brace before space at the end of a part does not become code with what follows', async () => {
  const { prompt } = made({ name: 'x', content: '{{\n' }, frame('{{'))
  expect(await templates.check(prompt.text, promptVariables)).toEqual([])
  expect(await told(prompt.text)).toContain('{{')
})

it('any text makes a template without a mistake, which says all of its words', { timeout: 60_000 }, async () => {
  const piece = fc.constantFrom(
    '{{',
    '}}',
    '{',
    '}',
    '{%',
    '%}',
    '{#',
    '#}',
    '~',
    '{{user}}',
    '{{char}}',
    '{{system}}',
    '{{persona}}',
    '{{trim}}',
    '{{#if persona}}',
    '{{#unless lore}}',
    '{{#if description}}',
    '{{else}}',
    '{{/if}}',
    '{{description}}',
    '{{x::y}}',
    'слово ',
    'word ',
    '\n',
    '"',
    "'",
    '\\',
    '- ',
    '\ud800',
    '{{#each a}}'
  )
  const any = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(any, any, async (content, storyString) => {
      const { prompt } = made({ name: 'x', content }, frame(storyString))
      const faults = await templates.check(prompt.text, promptVariables)
      expect(faults).toEqual([])
      await told(prompt.text)
    }),
    { numRuns: 300 }
  )
})

it('refuses what is longer than a prompt, and braces without end at once', () => {
  expect(() => words('x'.repeat(70_000))).toThrow('60000')
  expect(() => words('{{'.repeat(95_000))).toThrow('60000')
  expect(() => words('{{#if persona}}'.repeat(40))).toThrow('too deep')
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTurnSteps } from '@main/features/turns/steps/step-registry'
import { builtInTemplate } from '@main/prompts/built-in-templates'
import { promptVariables } from '@main/prompts/prompt-variables'
import { namesIn } from '@contract/jinja/names'
import { SUMMARIZER } from '@main/settings/role-registry'
import { createTemplateEngine, type TemplateEngine } from '@main/prompts/templates/template-engine'
import { createTemplateWorker, type TemplateWorker } from '@main/workers/template-worker'

let worker: TemplateWorker
let templates: TemplateEngine
beforeAll(() => {
  worker = createTemplateWorker()
  templates = createTemplateEngine(worker)
})
afterAll(() => worker.close())

const turnSteps = createTurnSteps({ memory: { recall: () => Promise.resolve([]) } })

const promptedRoles = [...turnSteps.map(({ role }) => role), SUMMARIZER]

describe('the built-in prompts', () => {
  it('are there for every role that acts, in every language of a story', () => {
    for (const role of promptedRoles) {
      expect(builtInTemplate(role, 'en')?.text).toContain('{{ story.title }}')
      expect(builtInTemplate(role, 'ru')?.text).toContain('{{ story.title }}')
    }
  })

  it.each(promptedRoles)('have no mistake, and place the same in both languages: %s', async (role) => {
    const [en = '', ru = ''] = [builtInTemplate(role, 'en')?.text, builtInTemplate(role, 'ru')?.text]
    expect(await templates.check(en, promptVariables)).toEqual([])
    expect(await templates.check(ru, promptVariables)).toEqual([])
    const used = (text: string) => namesIn(text).variables.map(({ path }) => path)
    expect(used(ru)).toEqual(used(en))
  })

  it('change their digest with their text alone', () => {
    const digests = promptedRoles.flatMap((role) => [
      builtInTemplate(role, 'en')?.digest,
      builtInTemplate(role, 'ru')?.digest,
    ])
    expect(new Set(digests).size).toBe(digests.length)
    expect(digests.every((digest) => /^[\da-f]{16}$/.test(digest ?? ''))).toBe(true)
  })
})

import { describe, expect, it } from 'vitest'
import { createTurnSteps } from '@main/features/turns/steps/step-registry'
import { promptText } from '@main/prompts/prompt-texts'
import { MAIN, STORYTELLER } from '@main/settings/role-registry'
import en from '@resources/prompts/en.json'
import ru from '@resources/prompts/ru.json'

const turnSteps = createTurnSteps({ memory: { recall: () => Promise.resolve([]) } })

const names = (texts: Record<string, Record<string, string>>) =>
  Object.entries(texts).flatMap(([role, byName]) => Object.keys(byName).map((name) => `${role}.${name}`))

describe('what roles are told', () => {
  it('is there in every language of a story', () => {
    expect(names(ru).toSorted()).toEqual(names(en).toSorted())
  })

  it.each(['en', 'ru'] as const)(
    'tells every role that acts its work, with the title of the story (%s)',
    (language) => {
      for (const { role } of turnSteps)
        expect(promptText(language, role, 'system', { title: 'The Lamp' })).toContain('The Lamp')
    }
  )

  it('takes a value for what it is, whatever it looks like', () => {
    const draft = '{{draft}} $& {{title}}'
    expect(promptText('en', STORYTELLER, 'draft', { draft, title: 'no' })).toContain(draft)
  })

  it('leaves a place that has no value, and is null for what no role is told', () => {
    expect(promptText('en', MAIN, 'system')).toContain('{{title}}')
    expect(promptText('en', MAIN, 'nonsense')).toBeNull()
  })
})

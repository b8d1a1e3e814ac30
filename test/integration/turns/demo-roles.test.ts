import { expect, it, onTestFinished } from 'vitest'
import { startTestCore } from '@test/helpers/test-core'
import { lastPassage, placed, providerOf } from '@test/helpers/test-story'

it.each([
  ['en', 'I climb the stairs.', /^Beat: \S/],
  ['ru', 'Я поднимаюсь по лестнице.', /^Ход: \S/],
] as const)(
  'with the Demo in every role a turn comes to its end with a plan and without an alarm (%s)',
  async (language, text, plan) => {
    const app = await startTestCore()
    onTestFinished(() => app.close())
    const { id: providerId } = await providerOf(app, 'demo')
    const role = placed({ providerId, model: 'demo-novelist', custom: { pace: 0 } }, true)
    const names = ['main', 'storyteller', 'guard', 'rag', 'director']
    const preset = await app.ask('presets.create', {
      name: 'Demo in every role',
      roles: Object.fromEntries(names.map((name) => [name, role])),
    })
    const story = await app.ask('stories.create', { language, presetId: preset.id })
    const { turnId, outcome } = await app.turn({ storyId: story.id, kind: 'send', text })
    expect(outcome).toBe('complete')
    expect((await lastPassage(app, story)).writtenBy?.notes).toEqual([
      { kind: 'planned' },
      { kind: 'guard', outcome: 'passed', rewrites: 0, contradictions: 0, end: null },
    ])
    const steps = await app.ask('turns.steps', { turnId })
    expect(steps.map((step) => [step.role, step.state])).toEqual(
      ['director', 'main', 'guard', 'storyteller'].map((name) => [name, 'complete'])
    )
    expect(steps[0]?.answer).toMatch(plan)
  }
)

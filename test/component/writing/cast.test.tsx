import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { EffectiveRole } from '@contract/entities/effective'
import type { Language } from '@contract/values'
import { WritingScreen } from '@renderer/features/writing/WritingScreen'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { provider } from '@test/component/story-settings/settings-bridge'
import { createStoryBridge, main, presetId, storyId, storyteller, views } from './story-bridge'

type Said = EffectiveRole['overrides'][string]

const said = (value: Said['value'], inherited: Said['value'], base = inherited): Said => ({
  value,
  base,
  inherited,
  outdated: base !== inherited,
})

async function show(overrides: Record<string, Said>, language: Language = 'en') {
  const bridge = createStoryBridge([])
  const roles = views.map((view): EffectiveRole => {
    if (view.role !== main) return view
    const fields: EffectiveRole['fields'] = { ...view.fields, providerId: { value: provider.id, origin: 'preset' } }
    return { ...view, fields, overrides }
  })
  bridge.answer({
    'providers.list': () => [provider],
    'stories.settings': () => ({ presetId, presetName: 'Gothic, slow', roles }),
    'stories.override': () => ({ presetId, presetName: 'Gothic, slow', roles }),
  })
  const shown = renderWith(bridge, <WritingScreen storyId={storyId} />, language)
  const panel = await screen.findByRole('complementary')
  await within(panel).findAllByRole('listitem')
  return { bridge, panel: within(panel), ...shown }
}

test('a role says in what it differs from the preset, and leads to where that is changed', async () => {
  const { panel } = await show({
    'samplers.temperature': said(0.95, 0.8),
    'samplers.top_p': said(null, 0.9),
    'samplers.min_p': said(0.1, null),
    'samplers.stop': said(['x'], ['***']),
    retries: said(1, 2),
  })
  const link = await panel.findByRole('link', { name: /Temperature 0.95 here, preset says 0.80?/ })
  expect(link.textContent).toContain('Top P not set here, preset says 0.9')
  expect(link.textContent).toContain('Min P 0.1')
  expect(link.textContent).toContain('not set in the preset')
  expect(link.textContent).toContain('and 2 more')
  expect(link.getAttribute('href')).toBe(`#/stories/${storyId}/settings/main`)
})

test('a difference under which the preset has changed is told from the others', async () => {
  const { panel } = await show({ 'samplers.temperature': said(0.95, 0.6, 0.8) })
  expect(await panel.findByLabelText('The preset has changed under it')).toBeTruthy()
})

test('a role is switched on for this story where it stands', async () => {
  const { bridge, panel, user } = await show({})
  await user.click(panel.getByRole('switch', { name: 'Storyteller takes part in this story' }))
  await waitFor(() =>
    expect(bridge.inputsOf('stories.override')).toEqual([
      { id: storyId, role: storyteller, changes: { enabled: true } },
    ])
  )
  expect(panel.queryByRole('switch', { name: /Main/ })).toBeNull()
})

test('saving as a new preset is offered only when there is something to save', async () => {
  const { panel } = await show({})
  expect(panel.getByRole('link', { name: 'Story settings' }).getAttribute('href')).toBe(`#/stories/${storyId}/settings`)
  expect(panel.queryByRole('button', { name: 'Save as new preset' })).toBeNull()
})

test.each(['en', 'ru'] as const)('with differences there is no accessibility violation (%s)', async (language) => {
  const { panel } = await show({ 'samplers.temperature': said(0.95, 0.8) }, language)
  expect(await panel.findByRole('button', { name: /new preset|как пресет/ })).toBeTruthy()
  await expectNoAxeViolations()
})

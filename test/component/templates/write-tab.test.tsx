import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { FabulaError } from '@contract/errors'
import { RoleId } from '@contract/ids'
import { onSonnet, preset, presetHandlers, roles } from '@test/component/presets/fixtures'
import { giveLayout } from '@test/component/layout'
import { expectNoAxeViolations } from '@test/component/render'
import type { Handlers } from '@test/component/in-memory-bridge'
import { content, idOf, keptTemplates, template, textVariable } from './made-templates'
import { showTemplates } from './show-templates'

beforeEach(() => giveLayout())

const one = (part = content({ user: 'Write about {{ place }}.' })) =>
  keptTemplates([template(1, 'Beat', { version: 4, content: part })])
const show = (handlers: Handlers) => showTemplates(handlers, `${idOf(1)}/write`)

describe('Writing a template', () => {
  it('keeps as a draft what is written, and makes a version of it with Ctrl+S', async () => {
    const { user, bridge } = show(one())
    await user.click(await screen.findByRole('textbox', { name: 'System message' }))
    await user.keyboard('Be brief')
    await screen.findByText('Draft kept · not in a version yet')
    await waitFor(() => expect(bridge.inputsOf('templates.keepDraft').at(-1)?.draft?.system).toBe('Be brief'))
    await user.keyboard('{Control>}s{/Control}')
    await screen.findByText('Version 5 is saved.')
    expect(bridge.inputsOf('templates.save')[0]?.content.system).toBe('Be brief')
    expect(screen.queryByText('Draft kept · not in a version yet')).toBeNull()
  })

  it('gives a draft up, and brings it back', async () => {
    const { user, bridge } = show(
      keptTemplates([template(1, 'Beat', { draft: content({ user: 'Half of a thought' }) })])
    )
    await user.click(await screen.findByRole('button', { name: 'Discard changes' }))
    await waitFor(() => expect(bridge.inputsOf('templates.keepDraft').at(-1)?.draft).toBeNull())
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(bridge.inputsOf('templates.keepDraft').at(-1)?.draft?.user).toBe('Half of a thought'))
  })

  it('gives the version that it saves a name and a note', async () => {
    const { user, bridge } = show(keptTemplates([template(1, 'Beat', { draft: content({ user: 'New' }) })]))
    await user.click(await screen.findByRole('button', { name: 'Save with a name and a note…' }))
    const dialog = await screen.findByRole('dialog', { name: 'Save as version 2' })
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Shorter{Tab}Half as long')
    await user.click(within(dialog).getByRole('button', { name: 'Save' }))
    await waitFor(() =>
      expect(bridge.inputsOf('templates.save')).toMatchObject([{ name: 'Shorter', note: 'Half as long' }])
    )
  })

  it('says where the texts are wrong, and makes a variable of a name that nothing gives', async () => {
    const said = {
      kind: 'unknown_filter' as const,
      fatal: true,
      line: 1,
      column: 3,
      length: 3,
      name: 'upp',
      message: '',
    }
    const { user, bridge } = show({
      ...one(content({ user: '{% for each in names %}{{ each }}{% endfor %}', variables: [textVariable('mood')] })),
      'templates.check': ({ content: { variables } }) => ({
        problems: [{ ...said, part: 'user' as const }],
        missing: variables.some(({ name }) => name === 'names') ? [] : ['names'],
        unused: ['mood'],
      }),
    })
    await screen.findByText('there is no filter “upp”.')
    expect(screen.getByText('The variable mood is asked for, but no text uses it.')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Add variable names' }))
    await waitFor(() =>
      expect(bridge.inputsOf('templates.keepDraft').at(-1)?.draft?.variables).toMatchObject([
        { name: 'mood' },
        { name: 'names', type: 'list' },
      ])
    )
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Add variable names' })).toBeNull())
  })

  it('shows what the model would be sent, how long it is and who would get it', async () => {
    const { bridge } = show({
      ...one(),
      'templates.preview': () => ({
        messages: [{ role: 'user', content: 'Write about the shore.' }],
        tokens: 612,
        window: 200_000,
        provider: 'Anthropic',
        model: 'claude',
        inputs: [{ name: 'place', kind: 'missing', limit: null }],
        problems: [],
      }),
    })
    const preview = await screen.findByRole('region', { name: 'What the model will be sent' })
    await within(preview).findByText('Write about the shore.', { selector: 'pre' })
    expect(within(preview).getByRole('status').textContent).toContain('612 of 200k tokens · claude (Anthropic)')
    expect(within(preview).getByText('Without a sample or a default: place.')).toBeDefined()
    expect(bridge.inputsOf('templates.preview')[0]).toMatchObject({ samples: true, inputs: {} })
    await expectNoAxeViolations()
  })

  it('says why its model cannot be asked, and takes no other in its place', async () => {
    show({
      ...one(content({ model: { kind: 'config', id: null } })),
      'modelConfigs.list': () => [],
      'roles.list': () => [],
      'templates.model': () => ({ settings: null, error: new FabulaError('template_no_model', 'gone').toShape() }),
    })
    await screen.findByText('The settings that were chosen here are gone. Choose others.')
    const other = content({ model: { kind: 'role', role: RoleId.parse('main') } })
    cleanup()
    show({
      ...one(other),
      'roles.list': () => roles,
      'templates.model': () => ({ settings: null, error: new FabulaError('template_no_preset', 'none').toShape() }),
    })
    const part = await screen.findByRole('region', { name: 'Model' })
    await within(part).findByText('There is no model yet to answer this template.')
    expect(within(part).queryByRole('button', { name: /^Different settings/ })).toBeNull()
  })

  it('says that the Writer answers for a role that is not known here', async () => {
    show({
      ...presetHandlers([preset(1, { isDefault: true })]).handlers,
      ...one(content({ model: { kind: 'role', role: RoleId.parse('seer') } })),
      'roles.list': () => roles,
      'templates.model': () => ({ settings: onSonnet, error: null }),
      'templates.preview': () => ({
        provider: 'Anthropic',
        model: 'claude',
        messages: [],
        tokens: 1,
        window: null,
        inputs: [],
        problems: [],
      }),
    })
    const part = await screen.findByRole('region', { name: 'Model' })
    await within(part).findByText(/The role “seer” is not known here, so the Writer’s model answers/)
    expect(within(part).getByDisplayValue('seer')).toBeDefined()
    await waitFor(() => expect(screen.getByRole('status').textContent).toMatch(/claude .*, Main of/))
    await expectNoAxeViolations()
  })

  it('opens its own settings over those of the model', async () => {
    const settings = { ...onSonnet, samplers: { temperature: 0.4 } }
    const { user, bridge } = show({
      ...presetHandlers([preset(1)]).handlers,
      ...one(),
      'templates.model': () => ({ settings, error: null }),
    })
    await user.click(await screen.findByRole('button', { name: /^Different settings/ }))
    const row = within(await screen.findByRole('group', { name: 'Temperature' })).getByRole('spinbutton')
    await user.clear(row)
    await user.type(row, '0.9')
    await waitFor(() =>
      expect(bridge.inputsOf('templates.keepDraft').at(-1)?.draft?.settings).toEqual({ samplers: { temperature: 0.9 } })
    )
  })

  it('keeps tries and leniency', async () => {
    const { user, bridge } = show(one())
    await user.click(await screen.findByRole('switch', { name: /^Allow missing values/ }))
    const tries = screen.getByRole('textbox', { name: 'Tries' })
    await user.clear(tries)
    await user.type(tries, '5')
    await waitFor(() =>
      expect(bridge.inputsOf('templates.keepDraft').at(-1)?.draft).toMatchObject({ lenient: true, tries: 5 })
    )
  })
})

import { fireEvent, screen, within } from '@testing-library/react'
import { useState, type ReactNode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { JsonObject } from '@contract/values'
import { SaveState } from '@renderer/components/SaveState'
import { SettingsForm, type SettingsFormProps } from '@renderer/domain/settings-form/SettingsForm'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'

const words = (en: string) => ({ 'x-name': { en, ru: `${en} (ru)` }, 'x-help': { en: `About ${en}.`, ru: 'О ней.' } })

const schema: JsonObject = {
  type: 'object',
  properties: {
    temperature: { type: 'number', minimum: 0, maximum: 2, 'x-step': 0.05, 'x-default': 1, ...words('Temperature') },
    quantum_spice: { type: 'number', minimum: 0, maximum: 9, ...words('Quantum spice') },
    seed: { type: 'integer', minimum: 0, maximum: 2_147_483_647, ...words('Seed') },
    stop: { type: 'array', items: { type: 'string', maxLength: 10 }, maxItems: 2, ...words('Stop texts') },
    think: { enum: [true, false, 'low'], ...words('Think') },
    truncate: { type: 'boolean', ...words('Truncate') },
    logit_bias: { type: 'object', additionalProperties: { type: 'number' }, ...words('Bias') },
    hosts: { type: 'array', items: { enum: ['one', 'two'] }, ...words('Hosts') },
    nested: { type: 'object', properties: { depth: { type: 'integer', minimum: 1 } }, ...words('Nested') },
    extra: { type: 'object', ...words('Extra') },
  },
  additionalProperties: false,
}

function show(
  value: JsonObject,
  props: Partial<SettingsFormProps> = {},
  language: 'en' | 'ru' = 'en',
  beside: ReactNode = null
) {
  const onChange = vi.fn<(next: JsonObject) => void>()
  function Page() {
    const [now, setNow] = useState(value)
    return (
      <>
        {beside}
        <SettingsForm
          schema={schema}
          value={now}
          origins={{ here: 'Preset' }}
          onChange={(next) => {
            onChange(next)
            setNow(next)
          }}
          {...props}
        />
      </>
    )
  }
  const view = renderWith(createInMemoryBridge({}), <Page />, language)
  return { ...view, onChange, last: () => onChange.mock.lastCall?.[0] }
}

const row = (name: string) => screen.getByRole('group', { name })
const unfold = async (user: ReturnType<typeof show>['user']) => {
  await user.click(screen.getByRole('button', { name: 'Show the settings this model does not take' }))
  await screen.findByRole('group', { name: 'Temperature' })
}
const exact = (name: string) => within(row(name)).getByRole('spinbutton')

describe('a form drawn from a schema', () => {
  it('shows a sampler nobody wrote code for, and sets it', async () => {
    const { user, last } = show({})
    await user.type(exact('Quantum spice'), '3.5')
    expect(last()).toEqual({ quantum_spice: 3.5 })
  })

  it('says of a setting that the provider refused it for this model, and lets nobody change it', async () => {
    const { user } = show({ temperature: 0.5 }, { refused: ['temperature'] })
    await unfold(user)
    expect(row('Temperature').textContent).toContain('The provider refused it for this model')
    expect(exact('Temperature').hasAttribute('disabled')).toBe(true)
    expect(exact('Seed').hasAttribute('disabled')).toBe(false)
  })

  it('leaves not set alone: nothing is written by looking, focusing or leaving', async () => {
    const { user, onChange } = show({})
    for (let stop = 0; stop < 24; stop += 1) await user.tab()
    expect(onChange).not.toHaveBeenCalled()
    expect(within(row('Temperature')).getByText('Provider default')).toBeTruthy()
    expect(within(row('Seed')).getByText('Not set')).toBeTruthy()
    expect(within(row('Temperature')).getByRole('slider').getAttribute('data-unset')).toBe('true')
  })

  it('takes a value out again when its field is emptied, and by reset', async () => {
    const { user, last } = show({ temperature: 0.8, seed: 7 })
    await user.clear(exact('Temperature'))
    expect(last()).toEqual({ seed: 7 })
    await user.click(screen.getByRole('button', { name: 'Seed: back to not set' }))
    expect(last()).toEqual({})
  })

  it('keeps what is wrong in the field, says why, and does not pass it on', async () => {
    const { user, onChange } = show({ temperature: 0.8 })
    await user.clear(exact('Temperature'))
    onChange.mockClear()
    await user.type(exact('Temperature'), '7')
    expect(within(row('Temperature')).getByText('From 0 to 2.')).toBeTruthy()
    await user.clear(exact('Temperature'))
    await user.type(exact('Temperature'), 'hot')
    await user.tab()
    expect(within(row('Temperature')).getByText('This is not a number.')).toBeTruthy()
    expect(exact('Temperature').getAttribute('aria-invalid')).toBe('true')
    expect(onChange.mock.calls.every(([next]) => next['temperature'] === undefined)).toBe(true)
  })

  it('steps with the arrow keys from the default, without floating-point dust', async () => {
    const { user, last } = show({})
    await user.click(exact('Temperature'))
    await user.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}')
    expect(last()).toEqual({ temperature: 1.15 })
  })

  it('sets a value by the slider within the bounds', () => {
    const { last } = show({})
    fireEvent.change(within(row('Temperature')).getByRole('slider'), { target: { value: '0.35' } })
    expect(last()).toEqual({ temperature: 0.35 })
  })

  it('reads a Russian decimal comma', async () => {
    const { user, last } = show({}, {}, 'ru')
    await user.type(exact('Temperature (ru)'), '0,7')
    expect(last()).toEqual({ temperature: 0.7 })
    await user.tab()
    expect(exact('Temperature (ru)')).toHaveProperty('value', '0,70')
  })

  it('folds what the model does not take into one line, greys it with the reason, and keeps its value', async () => {
    const { user, onChange } = show({ temperature: 0.8 }, { supportedParameters: ['seed'] })
    const folded = screen.getByRole('group', { name: 'Settings this model does not take' })
    expect(folded.textContent).toMatch(/^9 settings this model does not take1 is set and not sent · Temperature, /)
    expect(screen.queryByRole('group', { name: 'Temperature' })).toBeNull()
    await unfold(user)
    expect(within(row('Temperature')).getByText('Not supported by this model')).toBeTruthy()
    expect(exact('Temperature')).toHaveProperty('disabled', true)
    expect(exact('Temperature')).toHaveProperty('value', '0.80')
    expect(exact('Seed')).toHaveProperty('disabled', false)
    expect(onChange).not.toHaveBeenCalled()
  })

  it('parts the names of those settings by commas in Russian too', () => {
    show({}, { supportedParameters: ['seed'] }, 'ru')
    const folded = screen.getByRole('group', { name: 'Настройки, которых модель не поддерживает' })
    expect(folded.textContent).toMatch(/Temperature \(ru\), /)
  })

  it("holds a provider's setting against the model only when the schema names a parameter", () => {
    show({}, { owner: 'provider', supportedParameters: [] })
    expect(exact('Temperature')).toHaveProperty('disabled', false)
  })

  it('takes stop texts with line breaks and shows them as \\n', async () => {
    const { user, last } = show({})
    const field = within(row('Stop texts')).getByRole('textbox')
    await user.type(field, '\\n***{Enter}')
    expect(last()).toEqual({ stop: ['\n***'] })
    expect(within(row('Stop texts')).getByText('\\n***')).toBeTruthy()
    await user.type(field, 'far too long a text{Enter}')
    expect(last()).toEqual({ stop: ['\n***'] })
    expect(within(row('Stop texts')).getByText('The provider does not take this value.')).toBeTruthy()
  })

  it('offers three states for a boolean and every value of an enum', async () => {
    const { user, last } = show({})
    await user.click(within(row('Truncate')).getByRole('radio', { name: 'Off' }))
    expect(last()).toEqual({ truncate: false })
    await user.click(within(row('Truncate')).getByRole('radio', { name: 'Not set' }))
    expect(last()).toEqual({})
    await user.selectOptions(within(row('Think')).getByRole('combobox'), 'Off')
    expect(last()).toEqual({ think: false })
    await user.selectOptions(within(row('Think')).getByRole('combobox'), 'Not set')
    expect(last()).toEqual({})
  })

  it('edits maps, free JSON, nested objects and lists of choices', async () => {
    const { user, last } = show({})
    await user.click(within(row('Bias')).getByRole('button', { name: 'Add' }))
    await user.type(within(row('Bias')).getByRole('textbox', { name: 'Name' }), '1234')
    await user.type(within(row('Bias')).getByRole('textbox', { name: 'Value of 1234' }), '-5')
    expect(last()).toEqual({ logit_bias: { '1234': -5 } })

    await user.click(within(row('Extra')).getByRole('button', { name: 'Add' }))
    await user.type(within(row('Extra')).getByRole('textbox', { name: 'Name' }), 'mode')
    await user.type(within(row('Extra')).getByRole('textbox', { name: 'Value of mode' }), 'fast')
    expect(within(row('Extra')).getByText(/This is not JSON/)).toBeTruthy()
    expect(last()).toEqual({ logit_bias: { '1234': -5 } })

    await user.click(within(row('Hosts')).getByRole('checkbox', { name: 'two' }))
    await user.type(exact('Depth'), '3')
    expect(last()).toEqual({ logit_bias: { '1234': -5 }, hosts: ['two'], nested: { depth: 3 } })
    await user.clear(exact('Depth'))
    expect(last()).toEqual({ logit_bias: { '1234': -5 }, hosts: ['two'] })
  })

  it('keeps every row of a map that can be kept, and does not say that all is saved while one cannot', async () => {
    const { user, last } = show({ extra: { mirostat: 2 } }, {}, 'en', <SaveState state="saved" />)
    expect(screen.getByText('Saved')).toBeTruthy()
    const extra = within(row('Extra'))
    const add = async (name: string, value: string) => {
      await user.click(extra.getByRole('button', { name: 'Add' }))
      await user.type(extra.getAllByRole('textbox', { name: 'Name' }).at(-1) ?? document.body, name)
      await user.click(extra.getByRole('textbox', { name: `Value of ${name}` }))
      await user.paste(value)
    }
    await add('mode', 'fast')
    expect(extra.getByText(/This is not JSON/)).toBeTruthy()
    expect(screen.getByText('Not everything is saved')).toBeTruthy()
    await add('level', '3')
    expect(last()).toEqual({ extra: { mirostat: 2, level: 3 } })

    // What is saved of a row stays while what is typed in it cannot be.
    await user.clear(extra.getByRole('textbox', { name: 'Value of mirostat' }))
    expect(last()).toEqual({ extra: { mirostat: 2, level: 3 } })
    await user.paste('{ bad')
    expect(last()).toEqual({ extra: { mirostat: 2, level: 3 } })
    await user.clear(extra.getByRole('textbox', { name: 'Value of mirostat' }))
    await user.paste('1')
    expect(last()).toEqual({ extra: { mirostat: 1, level: 3 } })
    await user.click(extra.getByRole('button', { name: 'Remove mode' }))
    expect(screen.getByText('Saved')).toBeTruthy()
    expect(last()).toEqual({ extra: { mirostat: 1, level: 3 } })
  })

  it('shows a setting that depends on another once that one is set', async () => {
    const conditional = JsonObject.parse(
      JSON.parse(`{
        "type": "object",
        "properties": { "mode": { "enum": ["plain", "deep"], "title": "Mode" } },
        "if": { "properties": { "mode": { "const": "deep" } }, "required": ["mode"] },
        "then": { "properties": { "budget": { "type": "integer", "title": "Budget" } } }
      }`)
    )
    const { user } = show({}, { schema: conditional })
    expect(screen.queryByRole('group', { name: 'Budget' })).toBeNull()
    await user.selectOptions(within(row('Mode')).getByRole('combobox'), 'deep')
    expect(exact('Budget')).toBeTruthy()
  })

  it('says what a layer below gives, and starts from it', async () => {
    const below = (path: readonly string[]) =>
      path.join('.') === 'temperature' ? { value: 0.5, from: 'Reusable settings' } : undefined
    const { user, last } = show({}, { origins: { here: 'Preset', below } })
    expect(within(row('Temperature')).getByText('Reusable settings')).toBeTruthy()
    expect(exact('Temperature').getAttribute('placeholder')).toBe('0.50')
    await user.click(exact('Temperature'))
    await user.keyboard('{ArrowDown}')
    expect(last()).toEqual({ temperature: 0.45 })
    expect(within(row('Temperature')).getByText('Preset')).toBeTruthy()
  })

  it('hides rare settings behind a button that counts what is set there', async () => {
    const { user } = show({ seed: 4 }, { common: ['temperature'] })
    const more = screen.getByRole('button', { name: 'More settings (1 is set)' })
    expect(more.getAttribute('aria-expanded')).toBe('false')
    await user.click(more)
    expect(more.getAttribute('aria-expanded')).toBe('true')
  })

  it('trips up nobody who listens or uses only the keyboard', async () => {
    show({ temperature: 0.8, stop: ['a'], logit_bias: { '1': 2 } }, { supportedParameters: ['temperature', 'stop'] })
    expect(row('Stop texts')).toBeTruthy()
    expect(within(row('Temperature')).getByRole('button', { name: 'About Temperature' })).toBeTruthy()
    await expectNoAxeViolations()
  })
})

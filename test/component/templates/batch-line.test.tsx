import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Batch, BatchForm } from '@contract/entities/batch'
import { BatchDialog } from '@renderer/features/templates/use/BatchDialog'
import { Batches } from '@renderer/features/templates/use/Batches'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { giveLayout } from '@test/component/layout'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { batch } from './made-batches'
import { content, idOf, template, textVariable } from './made-templates'

beforeEach(() => giveLayout())
afterEach(() => vi.restoreAllMocks())

const one = template(1, 'Names', { content: content({ variables: [textVariable('who', { label: 'Who' })] }) })
const plan = {
  rows: 12,
  faulty: 0,
  faults: [],
  estimate: { inputTokens: 1200, outputTokens: 600, cost: null },
  provider: 'Demo',
  model: 'demo-1',
}

describe('A batch of one input', () => {
  const dialogOf = (values: Record<string, string>, handlers: Parameters<typeof createInMemoryBridge>[0]) => {
    const bridge = createInMemoryBridge({ 'batches.start': () => batch(), ...handlers })
    return {
      bridge,
      ...renderWith(
        bridge,
        <BatchDialog template={one} values={values} storyId={null} onClose={vi.fn<() => void>()} />
      ),
    }
  }

  it('is begun with the values of the form, as often and with as many at once as is said', async () => {
    const { bridge, user } = dialogOf(
      { who: 'Ann' },
      { 'batches.plan': ({ source }) => ({ ...plan, rows: source.kind === 'repeat' ? source.count : 0 }) }
    )
    const dialog = await screen.findByRole('dialog', { name: 'Batch: Names' })
    await user.click(within(dialog).getByRole('radio', { name: 'This form, several times' }))
    const times = within(dialog).getByRole('textbox', { name: 'How many times' })
    await user.clear(times)
    await user.type(times, '12')
    const atOnce = within(dialog).getByRole('textbox', { name: 'Concurrent requests' })
    await user.clear(atOnce)
    await user.type(atOnce, '2')
    expect(await within(dialog).findByText('about 1,800 tokens · price not known · demo-1')).toBeDefined()
    await user.click(await within(dialog).findByRole('button', { name: 'Start 12 rows' }))
    await waitFor(() =>
      expect(bridge.inputsOf('batches.start')).toMatchObject([
        { source: { kind: 'repeat', inputs: { who: 'Ann' }, count: 12 }, concurrency: 2 },
      ])
    )
  })

  it('cannot be begun with a form that is not filled in, and says what is missing once', async () => {
    const faults = [{ row: 1, line: 1, variable: 'who', kind: 'missing' as const, limit: null }]
    const { user } = dialogOf({ who: '' }, { 'batches.plan': () => ({ ...plan, rows: 5, faulty: 5, faults }) })
    const dialog = await screen.findByRole('dialog', { name: 'Batch: Names' })
    await user.click(within(dialog).getByRole('radio', { name: 'This form, several times' }))
    expect(await within(dialog).findByText('Who: Fill this in')).toBeDefined()
    expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Start' }).disabled).toBe(true)
    // There is no other value to go on with.
    expect(within(dialog).queryByRole('checkbox')).toBeNull()
    await expectNoAxeViolations()
  })
})

describe('A line', () => {
  const show = (part: Partial<Batch>, handlers: Parameters<typeof createInMemoryBridge>[0] = {}) => {
    let current = batch(part)
    const bridge = createInMemoryBridge({
      'batches.list': () => [current],
      'batches.resume': () => (current = { ...current, state: 'running', error: null }),
      ...handlers,
    })
    const change = (next: Partial<Batch>) => {
      current = batch(next)
      bridge.emit({ name: 'data.changed', payload: { topics: ['batches'], only: {} } })
    }
    return { bridge, change, ...renderWith(bridge, <Batches templateId={idOf(1)} />) }
  }

  it('says what was paused, and goes on where it was after a restart', async () => {
    const paused = { ...batch().progress, leftMs: null }
    const { bridge, change, user } = show({ state: 'paused', progress: paused })
    expect(await screen.findByText(/^paused · 612 of 1,000 · \$0\.31$/)).toBeDefined()
    expect(screen.getByRole('heading', { name: 'Batches' })).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Resume' }))
    await waitFor(() => expect(bridge.inputsOf('batches.resume')).toEqual([{ id: batch().id }]))
    // The app was closed and started: nothing says how long the rest takes until a row is over.
    change({ state: 'running', progress: paused })
    expect(await screen.findByText(/^612 of 1,000 · \$0\.31$/)).toBeDefined()
    expect(screen.getByRole('button', { name: 'Pause' })).toBeDefined()
    expect(screen.getByRole('heading', { name: 'Running in the background' })).toBeDefined()
    change({ state: 'running', progress: { ...paused, complete: 606, waiting: 387, leftMs: 90_000 } })
    expect(await screen.findByText(/^613 of 1,000 · .*left · \$0\.31$/)).toBeDefined()
    change({ state: 'done', progress: { ...paused, complete: 1000, waiting: 0, invalid: 0, failed: 0 } })
    expect(await screen.findByText(/^1,000 of 1,000/)).toBeDefined()
    expect(screen.queryByRole('button', { name: /Pause|Resume|Retry/ })).toBeNull()
  })

  it('asks whether to go on where no answer fits', async () => {
    const error = {
      code: 'batch_none_fits' as const,
      message: '',
      details: { count: 10, path: '/age' },
      retryable: false,
    }
    const { bridge, change, user } = show({ state: 'paused', error })
    expect(await screen.findByText(/None of the first 10 answers fits the shape/)).toBeDefined()
    expect(screen.getByText(/wrong at “\/age”/)).toBeDefined()
    await expectNoAxeViolations()
    await user.click(screen.getByRole('button', { name: 'Go on anyway' }))
    await waitFor(() => expect(bridge.inputsOf('batches.resume')).toHaveLength(1))
    change({ state: 'running' })
    expect(await screen.findByRole('button', { name: 'Pause' })).toBeDefined()
  })

  it.each([
    ['json', 'application/json'],
    ['jsonl', 'application/jsonl'],
    ['csv', 'text/csv'],
  ] satisfies [BatchForm, string][])('is exported as %s, all its parts in one file', async (form, type) => {
    const files: Blob[] = []
    const names: string[] = []
    vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
      if (file instanceof Blob) files.push(file)
      return 'blob:1'
    })
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download)
    })
    const { bridge, user } = show(
      { state: 'done' },
      {
        'batches.export': ({ after }) => ({
          fileName: `names.${form}`,
          text: after === 0 ? 'Привет, ' : 'world',
          next: after === 0 ? 1000 : null,
        }),
      }
    )
    await user.click(await screen.findByRole('button', { name: /^More for/ }))
    await user.click(await screen.findByRole('menuitem', { name: `Export as ${form.toUpperCase()}` }))
    await waitFor(() => expect(names).toEqual([`names.${form}`]))
    expect(bridge.inputsOf('batches.export')).toMatchObject([{ form }, { form, after: 1000 }])
    expect([files[0]?.type, await files[0]?.text()]).toEqual([`${type};charset=utf-8`, 'Привет, world'])
  })
})

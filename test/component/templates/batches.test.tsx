import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { BatchDialog } from '@renderer/features/templates/use/BatchDialog'
import { Batches } from '@renderer/features/templates/use/Batches'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { giveLayout } from '@test/component/layout'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { batch, jobId, NOW, progress } from './made-batches'
import { generation, generationId, keptGenerations } from './made-generations'
import { content, idOf, template, textVariable } from './made-templates'

beforeEach(() => giveLayout())

describe('Batches', () => {
  it('are a line each that moves as the job does, paused and deleted with a way back', async () => {
    const handlers: Handlers = {
      'batches.list': () => [batch()],
      'batches.pause': () => batch({ state: 'paused' }),
      'batches.retry': () => batch(),
      'batches.delete': () => ({}),
      'batches.restore': () => ({}),
    }
    const bridge = createInMemoryBridge(handlers)
    const { user } = renderWith(bridge, <Batches templateId={idOf(1)} />)
    const line = await screen.findByRole('listitem', { name: 'Names · 1,000 rows from crew.csv' })
    expect(within(line).getByText(/^612 of 1,000 · 4.* left · \$0\.31$/)).toBeDefined()
    bridge.emit({
      name: 'job.progress',
      payload: {
        id: jobId,
        kind: 'batch',
        state: 'running',
        input: {},
        progress: { ...progress, complete: 693, waiting: 300 },
        error: null,
        createdAt: NOW,
        updatedAt: NOW,
      },
    })
    expect(await within(line).findByText(/^700 of 1,000/)).toBeDefined()
    await user.click(within(line).getByRole('button', { name: 'Retry failed (7)' }))
    await user.click(within(line).getByRole('button', { name: 'Pause' }))
    await user.click(within(line).getByRole('button', { name: /^More for/ }))
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() =>
      expect(bridge.requests.map(({ route }) => route).filter((route) => /^batches\.(?!list)/.test(route))).toEqual([
        'batches.retry',
        'batches.pause',
        'batches.delete',
        'batches.restore',
      ])
    )
    await expectNoAxeViolations()
  })

  it('open their rows, however many, and a row its generation', async () => {
    const bridge = createInMemoryBridge({
      ...keptGenerations([generation(1)]),
      'batches.list': () => [batch()],
      'batches.rows': ({ after, limit }) =>
        Array.from({ length: limit }, (_, index) => ({
          row: after + index + 1,
          line: after + index + 2,
          state: 'complete' as const,
          inputs: { who: `Sailor ${after + index + 1}` },
          generationId: generationId(1),
          title: '',
          faults: [],
          error: null,
        })),
      'templates.version': ({ number }) => ({
        number,
        name: '',
        note: '',
        generations: 0,
        createdAt: NOW,
        content: content(),
      }),
    })
    const { user } = renderWith(bridge, <Batches />)
    await user.click(await screen.findByRole('button', { name: 'Rows' }))
    const rows = await screen.findByRole('list', { name: 'Rows' })
    expect(within(rows).getAllByRole('listitem').length).toBeLessThan(60)
    await user.click(within(rows).getByRole('button', { name: /Sailor 3\b/ }))
    expect(await screen.findByRole('article', { name: 'Osric' })).toBeDefined()
  })

  it('begin with a list: its columns, what is wrong with its rows and where, what it costs, and without those', async () => {
    const bridge = createInMemoryBridge({
      'batches.read': ({ text }) => ({
        format: 'csv',
        columns: ['name', 'note'],
        rows: text.split('\n').length - 1,
        mapping: { who: 'name' },
        first: [{ line: 2, values: { name: 'Ann', note: 'x' } }],
      }),
      'batches.plan': () => ({
        rows: 2,
        faulty: 1,
        faults: [{ row: 2, line: 3, variable: 'who', kind: 'missing', limit: null }],
        estimate: { inputTokens: 100, outputTokens: 50, cost: 0.02 },
        provider: 'Demo',
        model: 'demo-1',
      }),
      'batches.start': () => batch(),
    })
    const one = template(1, 'Names', { content: content({ variables: [textVariable('who', { label: 'Who' })] }) })
    const closed: number[] = []
    const { user } = renderWith(
      bridge,
      <BatchDialog template={one} values={{ who: '' }} storyId={null} onClose={() => closed.push(1)} />
    )
    const dialog = await screen.findByRole('dialog', { name: 'Batch: Names' })
    fireEvent.drop(within(dialog).getByText('Drop a CSV, JSON or JSONL file here'), {
      dataTransfer: { files: [new File(['name,note\nAnn,x\n,y'], 'crew.csv')], types: ['Files'] },
    })
    expect(await within(dialog).findByText('crew.csv: 2 rows')).toBeDefined()
    expect(within(dialog).getByText('Ann')).toBeDefined()
    await user.click(await within(dialog).findByRole('button', { name: 'Row 2, line 3 · Who: Fill this in' }))
    expect(within(dialog).getByText(',y')).toBeDefined()
    expect(within(dialog).getByText('about 150 tokens · about $0.02 · demo-1')).toBeDefined()
    expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Start' }).disabled).toBe(true)
    await user.click(within(dialog).getByRole('checkbox', { name: 'Skip these rows' }))
    await expectNoAxeViolations()
    await user.click(within(dialog).getByRole('button', { name: 'Start 1 row' }))
    await waitFor(() => expect(closed).toEqual([1]))
    expect(bridge.inputsOf('batches.start')).toMatchObject([
      {
        templateId: idOf(1),
        skipFaulty: true,
        concurrency: 4,
        source: { kind: 'list', fileName: 'crew.csv', mapping: { who: 'name' } },
      },
    ])
  })
})

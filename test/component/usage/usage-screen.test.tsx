import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import type { UsageGroup, UsageRow } from '@contract/entities/usage'
import * as textFiles from '@renderer/components/text-files'
import { localDay } from '@renderer/features/usage/period'
import { UsageScreen } from '@renderer/features/usage/UsageScreen'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { story } from '@test/component/sample-data'
import { call, failedCall, inTurn, usageRow } from './calls'

const today = localDay(new Date())
const rows: Record<UsageGroup, UsageRow[]> = {
  day: [usageRow(today, { unpriced: 2 })],
  story: [usageRow(story.id, { label: story.title }), usageRow('', { label: '', cost: 0, unpriced: 3 })],
  purpose: [usageRow('turn/main'), usageRow('gateway/My editor'), usageRow('media/voice'), usageRow('test/')],
  model: [usageRow('OpenRouter/anthropic/claude', { label: 'OpenRouter · anthropic/claude', unpriced: 2 })],
  token: [usageRow('Ollama/', { label: 'Ollama' })],
}
const used: Handlers = {
  'usage.summary': ({ by }) => rows[by],
  'usage.calls': () => ({ calls: [], hasMore: false }),
  'roles.list': () => [],
}

// jsdom gives every box no height, and a virtual list without height shows nothing.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(700)
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(700)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(900)
})

const show = (handlers: Handlers = {}, language: 'en' | 'ru' = 'en') => {
  const bridge = createInMemoryBridge({ ...used, ...handlers })
  return { bridge, ...renderWith(bridge, <UsageScreen />, language) }
}

test('totals say what failed, and that requests without a price are not in the cost', async () => {
  show()
  const totals = await screen.findByLabelText('Totals')
  expect(totals.textContent).toBe('Cost$0.0324Requests41 failedTokens read4,800Tokens written1,200')
  expect(screen.getByText(/^2 requests without a known price are not in the cost/)).toBeTruthy()
})

test('a cost of which nothing is known reads as unknown, not as nothing', async () => {
  show({ 'usage.summary': ({ by }) => (by === 'day' ? [usageRow(today, { cost: 0, unpriced: 2 })] : rows[by]) })
  expect((await screen.findByLabelText('Totals')).textContent).toMatch(/^Costunknown/)
})

test('the chart has a table with its numbers, and no violations', async () => {
  show()
  const table = await screen.findByRole('table', { name: 'By day' })
  expect(within(table).getAllByRole('row')).toHaveLength(2)
  expect(within(table).getByRole('cell', { name: '6,000' })).toBeTruthy()
  expect(screen.getByRole('img', { name: /^Cost, .+ – .+ The table after the chart/ })).toBeTruthy()
  await expectNoAxeViolations()
})

test('where nothing cost anything, the chart shows tokens and offers no scale of dollars', async () => {
  show({ 'usage.summary': ({ by }) => (by === 'day' ? [usageRow(today, { cost: 0 })] : rows[by]) })
  expect(await screen.findByRole('img', { name: /^Tokens, / })).toBeTruthy()
  const offered = within(screen.getByRole('radiogroup', { name: 'What the chart shows' }))
  expect(offered.getAllByRole('radio').map((one) => one.getAttribute('value'))).toEqual(['tokens', 'calls'])
})

test('each grouping names its rows, also those without a story or a key, and unknown costs', async () => {
  const { user } = show()
  const link = await screen.findByRole('link', { name: story.title })
  expect(link.getAttribute('href')).toBe(`#/stories/${story.id}`)
  expect(screen.getByRole('row', { name: /^Without a story .* unknown/ })).toBeTruthy()
  await user.click(screen.getByRole('tab', { name: 'By purpose' }))
  expect(await screen.findByRole('rowheader', { name: 'main' })).toBeTruthy()
  expect(screen.getByRole('rowheader', { name: 'Gateway, key My editor' })).toBeTruthy()
  expect(screen.getByRole('rowheader', { name: 'Media: Voice' })).toBeTruthy()
  expect(screen.getByRole('rowheader', { name: 'Test of settings' })).toBeTruthy()
  await user.click(screen.getByRole('tab', { name: 'By key' }))
  expect(await screen.findByRole('rowheader', { name: 'Ollama, without a key' })).toBeTruthy()
  await user.click(screen.getByRole('tab', { name: 'By model' }))
  expect(await screen.findByRole('note', { name: /2 requests without a known price are not counted/ })).toBeTruthy()
})

test('calls are listed with outcome and error in words, and earlier ones are read when the end comes near', async () => {
  const first = Array.from({ length: 200 }, (_, n) => call(400 - n))
  first[1] = failedCall(399, { simulated: true })
  first[0] = failedCall(400, { errorCode: 'provider_unauthorized', attempt: 2, purpose: inTurn('guard') })
  const { user, bridge } = show({
    'usage.calls': ({ before }) => {
      if (before === undefined) return { calls: first, hasMore: true }
      return { calls: [call(1)], hasMore: false }
    },
  })
  await user.click(await screen.findByRole('tab', { name: 'All requests' }))
  const list = await screen.findByRole('list', { name: 'Requests, newest first' })
  expect(await within(list).findByText('OpenRouter refused the key “home”.')).toBeTruthy()
  expect(within(list).getByText(/^Simulated: /)).toBeTruthy()
  expect(within(list).getByText('OpenRouter · key home · attempt 2')).toBeTruthy()
  expect(within(list).getAllByRole('listitem').length).toBeLessThan(60)
  const scroller = list.closest('[data-page-scroll]')
  if (!scroller) throw new Error('The list stands outside of a page')
  scroller.scrollTop = 200 * 58
  scroller.dispatchEvent(new Event('scroll'))
  await waitFor(() => expect(bridge.inputsOf('usage.calls')[1]?.before).toBe(first.at(-1)?.id))
  await waitFor(() => expect(within(list).getAllByRole('listitem')[0]?.getAttribute('aria-setsize')).toBe('201'))
})

test('figures of an answer that was cut short say that they are estimated; what the provider charged is no estimate', async () => {
  const calls = [
    call(1, { outcome: 'stopped', estimated: true, costSource: 'price' }),
    call(2, { outcome: 'stopped', estimated: true, costSource: 'provider' }),
  ]
  const { user } = show({ 'usage.calls': () => ({ calls, hasMore: false }) })
  await user.click(await screen.findByRole('tab', { name: 'All requests' }))
  expect(await screen.findByText('≈ 1,200 → 300 tokens · ≈ $0.0081')).toBeTruthy()
  expect(screen.getByText('≈ 1,200 → 300 tokens · $0.0081')).toBeTruthy()
})

test('an own range asks for whole days, and says when it is none', async () => {
  const { user, bridge } = show()
  await user.click(screen.getByRole('radio', { name: 'Custom range' }))
  const from = screen.getByLabelText('From')
  await user.clear(from)
  await user.type(from, '2026-03-01')
  const to = screen.getByLabelText('To')
  await user.clear(to)
  await user.type(to, '2026-03-02')
  await waitFor(() =>
    expect(bridge.inputsOf('usage.summary').at(-1)).toMatchObject({
      from: new Date(2026, 2, 1).toISOString(),
      to: new Date(2026, 2, 3).toISOString(),
    })
  )
  await user.clear(to)
  expect(screen.getByText('Choose both days, the first one not after the last.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Export as CSV' })).toHaveProperty('disabled', true)
})

test('the period that is shown is the one that is exported', async () => {
  const saved = vi.spyOn(textFiles, 'downloadText').mockImplementation(() => {})
  const { user, bridge } = show({ 'usage.export': () => ({ fileName: 'fabula-usage.csv', text: 'a,b\r\n' }) })
  await user.click(screen.getByRole('radio', { name: '7 days' }))
  await user.click(screen.getByRole('button', { name: 'Export as CSV' }))
  await waitFor(() => expect(saved).toHaveBeenCalledExactlyOnceWith('fabula-usage.csv', 'a,b\r\n', 'text/csv'))
  const { by: _, ...asked } = bridge.inputsOf('usage.summary').at(-1) ?? { by: 'day' }
  expect(bridge.inputsOf('usage.export')).toEqual([asked])
})

test('an empty ledger leads to the stories; an empty week only says so', async () => {
  const { user } = show({ 'usage.summary': () => [] })
  expect(await screen.findByText('No requests in this period.')).toBeTruthy()
  await user.click(screen.getByRole('radio', { name: 'All' }))
  expect(await screen.findByRole('link', { name: 'Go to stories' })).toBeTruthy()
})

test('a new call shows without asking for it', async () => {
  const { bridge } = show()
  await screen.findByText('$0.0324', { selector: 'dd' })
  bridge.answer({ 'usage.summary': () => [usageRow(today, { cost: 1.5 })] })
  bridge.changed('usage')
  expect(await screen.findByText('$1.5', { selector: 'dd' })).toBeTruthy()
})

test('the screen speaks Russian with right plurals', async () => {
  show({}, 'ru')
  expect(await screen.findByText(/^2 запроса с неизвестной ценой в стоимость не вошли/)).toBeTruthy()
  await expectNoAxeViolations()
})

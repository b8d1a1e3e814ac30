import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { MarkedPassage, MemoryState } from '@contract/entities/memory'
import { MessageId } from '@contract/ids'
import type { Language } from '@contract/values'
import { StoryMemory } from '@renderer/features/story-settings/StoryMemory'
import { sentError } from '@test/helpers/sent-error'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { emptyApp, story } from '@test/component/sample-data'

const ready: MemoryState = {
  state: 'ready',
  passages: 212,
  chunks: 900,
  vectors: 900,
  embedder: { provider: 'Built-in', model: 'words-2', own: true, local: true },
  problem: null,
  nextTryAt: null,
  scope: 'story',
}
const pinned: MarkedPassage = {
  messageId: MessageId.parse('01990000-0000-7000-8000-0000000000aa'),
  mark: 'pin',
  excerpt: 'The oath of salt.',
  position: 3,
  markedAt: '2026-01-02T03:04:05.000Z',
}
const storyId = story.id

async function show(memory: Partial<MemoryState> = {}, marks: MarkedPassage[] = [], language: Language = 'en') {
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'memory.state': () => ({ ...ready, ...memory }),
    'memory.marks': () => marks,
    'memory.rebuild': () => ({}),
    'memory.mark': () => ({}),
    'memory.setScope': () => ({}),
  })
  const shown = renderWith(bridge, <StoryMemory storyId={storyId} />, language)
  await screen.findByRole('status')
  return { bridge, ...shown }
}

const saying = () => screen.getByRole('status').textContent

test('memory says how much of the story it has, and by what', async () => {
  await show()
  expect(saying()).toBe('212 passages are remembered.')
  expect(screen.getByText(/Built-in search: words in any form/)).toBeTruthy()
  expect(screen.queryByText(/are sent to/)).toBeNull()
  await expectNoAxeViolations()
})

test('memory says where passages are sent', async () => {
  await show({ embedder: { provider: 'OpenAI', model: 'text-embedding-3-small', own: false, local: false } })
  expect(screen.getByText(/text-embedding-3-small \(OpenAI\)/)).toBeTruthy()
  expect(screen.getByText(/are sent to OpenAI/)).toBeTruthy()
})

test('memory says how far it is, and follows', async () => {
  const { bridge } = await show({ state: 'indexing', vectors: 225 }, [], 'ru')
  expect(saying()).toContain('готово 25')
  expect(screen.getByRole('button', { name: 'Собрать память заново' })).toHaveProperty('disabled', true)
  bridge.answer({ 'memory.state': () => ready })
  bridge.changedRows('memory', storyId)
  await waitFor(() => expect(saying()).toBe('В памяти 212 отрывков.'))
})

test('memory says why only words are found, and when it tries again', async () => {
  const problem = sentError('provider_unreachable', 'down', {
    details: { provider: 'Ollama', host: 'attic' },
  }).toShape()
  await show({ state: 'failed', problem, nextTryAt: '2026-01-02T03:04:05.000Z' })
  expect(saying()).toBe('For now, passages are found by their words only.')
  expect(screen.getByRole('alert').textContent).toContain('Ollama')
  expect(screen.getByText(/tries again by itself/)).toBeTruthy()
})

test('memory is rebuilt, widened and freed of marks by the writer', async () => {
  const { bridge, user } = await show({}, [pinned])
  await user.click(screen.getByRole('button', { name: 'Rebuild memory' }))
  expect(bridge.inputsOf('memory.rebuild')).toEqual([{ storyId }])
  await user.click(screen.getByRole('radio', { name: 'All stories of its worlds' }))
  expect(bridge.inputsOf('memory.setScope')).toEqual([{ storyId, scope: 'world' }])
  expect(screen.getByText('Always recalled')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Remove the mark: The oath of salt.' }))
  expect(bridge.inputsOf('memory.mark')).toEqual([{ storyId, messageId: pinned.messageId, mark: null }])
})

test('memory that cannot be kept says so and offers nothing', async () => {
  await show({ state: 'off', passages: 0, chunks: 0, vectors: 0 })
  expect(saying()).toContain('nothing is remembered')
  expect(screen.queryByRole('button', { name: 'Rebuild memory' })).toBeNull()
})

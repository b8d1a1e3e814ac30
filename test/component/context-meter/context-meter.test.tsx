import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { ContextUse } from '@contract/entities/story'
import { RoleId } from '@contract/ids'
import { ContextMeter } from '@renderer/domain/context-meter/ContextMeter'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { emptyApp, story } from '@test/component/sample-data'

const sections = (tokens: { instructions: number; history: number; draft?: number }) => [
  { id: 'instructions', name: { en: 'Instructions', ru: 'Указания' }, tokens: tokens.instructions },
  { id: 'history', name: { en: 'Recent text', ru: 'Последний текст' }, tokens: tokens.history },
  ...(tokens.draft ? [{ id: 'draft', name: { en: 'Draft', ru: 'Черновик' }, tokens: tokens.draft }] : []),
]

const use = (part: Partial<ContextUse> = {}): ContextUse => ({
  role: RoleId.parse('main'),
  model: 'qwen3:14b',
  window: 32_768,
  limit: 131_072,
  known: true,
  asked: null,
  sections: sections({ instructions: 516, history: 10_668 }),
  answer: 1024,
  leftOut: 0,
  ...part,
})

const meter = (context: ContextUse | null, language: 'en' | 'ru' = 'en') =>
  renderWith(
    createInMemoryBridge({ ...emptyApp, 'roles.list': () => [], 'stories.context': () => context }),
    <ContextMeter storyId={story.id} />,
    language
  )

test('shows what is used of what there is, part by part', async () => {
  meter(use({ asked: 16_384 }))
  expect(await screen.findByText('12,208 / 32,768')).toBeTruthy()
  expect(screen.getByText('10,668')).toBeTruthy()
  expect(screen.queryByText('Draft')).toBeNull()
  expect(screen.getByText('The server loads the model with a context of 16,384 tokens.')).toBeTruthy()
  expect(screen.queryByRole('status')).toBeNull()
  await expectNoAxeViolations()
})

test('names and draws a section that it has never heard of', async () => {
  const lore = { id: 'lore', name: { en: 'Lore', ru: 'Мир' }, tokens: 77 }
  meter(use({ sections: [lore] }), 'ru')
  expect(await screen.findByText('Мир')).toBeTruthy()
  expect(screen.getByText('77')).toBeTruthy()
})

test('warns before the beginning is lost, and says how much of it is when it is', async () => {
  const { unmount } = meter(use({ sections: sections({ instructions: 500, history: 30_000 }) }))
  expect((await screen.findByRole('status')).textContent).toMatch(/Soon there will be no room/)
  unmount()
  meter(use({ leftOut: 12, asked: 32_768 }), 'ru')
  expect((await screen.findByRole('status')).textContent).toMatch(/больше не видит первые 12 отрывков.*окно контекста/)
})

test('does not send to the settings for a window that the model is not made for', async () => {
  meter(use({ leftOut: 1, asked: 32_768, limit: 32_768 }))
  expect((await screen.findByRole('status')).textContent).toMatch(/first passage\. A model with a larger context/)
})

test('does not pretend to know a window that nobody has told', async () => {
  meter(use({ known: false, window: 8192, sections: sections({ instructions: 1, history: 2, draft: 3 }), answer: 4 }))
  expect(await screen.findByText('10 / about 8,192')).toBeTruthy()
  expect(screen.getByText('Draft')).toBeTruthy()
})

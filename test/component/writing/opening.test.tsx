import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { setBridge } from '@renderer/api/bridge'
import { followChanges } from '@renderer/api/changes'
import { createQueryClient } from '@renderer/api/queries'
import { App } from '@renderer/app/App'
import { preloadScreenAt } from '@renderer/app/Screens'
import { loadStart } from '@renderer/app/start'
import { giveLayout } from '@test/component/layout'
import { emptyApp, storySummary } from '@test/component/sample-data'
import { createStoryBridge, line, passage, storyId } from '@test/component/writing/story-bridge'

test('the first picture of a story has its last words; the list is there until then, and nothing is asked for twice', async () => {
  giveLayout()
  window.location.hash = '#/stories'
  const bridge = createStoryBridge([line(1, 'I knock.'), passage(2, 'The lamp went out.')])
  bridge.answer({
    ...emptyApp,
    'preferences.get': () => ({ ...emptyApp['preferences.get'](), guideDone: true }),
    'stories.list': () => [{ ...storySummary, id: storyId }],
  })
  setBridge(bridge)
  const client = createQueryClient()
  followChanges(client)
  const { i18n } = await loadStart(client)
  await Promise.all([preloadScreenAt('#/stories'), preloadScreenAt(`#/stories/${storyId}`)])
  render(<App client={client} i18n={i18n} />)

  const link = await screen.findByRole('link', { name: new RegExp(storySummary.title) })
  const pictures: string[] = []
  const watcher = new MutationObserver(() => pictures.push(document.querySelector('main')?.textContent ?? ''))
  watcher.observe(document.body, { childList: true, subtree: true })
  await userEvent.click(link)
  await screen.findByText('The lamp went out.')
  watcher.disconnect()

  await waitFor(() => expect(screen.getByRole('heading', { name: 'Who writes' })).toBeTruthy())
  expect(pictures.find((picture) => !picture.includes(storySummary.excerpt))).toContain('The lamp went out.')
  expect(bridge.inputsOf('stories.get')).toHaveLength(1)
  expect(bridge.inputsOf('messages.page').filter(({ first }) => first === undefined)).toHaveLength(1)
})

import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import type { MediaSummary } from '@contract/entities/media'
import { FabulaError } from '@contract/errors'
import { JobId, MessageId } from '@contract/ids'
import { ScrollPage } from '@renderer/components/ScrollPage'
import { Library } from '@renderer/features/media/Library'
import { MediaAnnouncer } from '@renderer/features/media/MediaAnnouncer'
import { useTargetStore } from '@renderer/stores/writing-target'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { giveLayout } from '@test/component/layout'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { emptyApp, story, storySummary } from '@test/component/sample-data'
import { fourStages, keptMedia, mediaId, now, stageId, summary, whole } from './made-media'

const jobId = JobId.parse('01990000-0091-7000-8000-000000000001')
const passageId = MessageId.parse('01990000-0092-7000-8000-000000000001')

const app = (media: MediaSummary[], more: Handlers = {}) =>
  createInMemoryBridge({
    ...emptyApp,
    ...keptMedia(media),
    'stages.list': () => fourStages(),
    'stories.list': () => [storySummary],
    'jobs.list': () => [],
    ...more,
  })

/** As it stands on the page, which scrolls. */
const Page = () => (
  <ScrollPage>
    <Library />
  </ScrollPage>
)

beforeEach(() => giveLayout())

const row = (name: string) =>
  screen.findByText(name).then((found) => {
    const item = found.closest('li')
    if (!item) throw new Error('It stands in no row')
    return within(item)
  })

test('what was made is listed with where it is used, searched, renamed, and deleted with a way back', async () => {
  const media = [summary(1, { storyId: story.id, storyTitle: story.title, messageId: passageId }), summary(2)]
  const bridge = app(media, {
    'media.rename': ({ title }) => summary(1, { title }),
    'media.delete': () => ({}),
    'bin.restore': () => ({ name: 'Voice 1', also: [] }),
  })
  const { user } = renderWith(bridge, <Page />)
  const first = await row('Voice 1')
  expect(await first.findByText(/^Voice · 1:20 · Demo reader · \$0\.02/)).toBeTruthy()
  await expectNoAxeViolations()
  await user.click(first.getByRole('link', { name: 'The Lighthouse' }))
  expect(useTargetStore.getState().target).toEqual({ storyId: story.id, messageId: passageId })

  await user.click(first.getByRole('button', { name: 'More for Voice 1' }))
  expect((await screen.findByRole('menuitem', { name: 'Download' })).getAttribute('href')).toBe(`/media/${mediaId(1)}`)
  await user.click(screen.getByRole('menuitem', { name: 'Rename' }))
  const name = await screen.findByRole('textbox', { name: 'Name' })
  await user.clear(name)
  await user.type(name, 'Night voice{Enter}')
  await waitFor(() => expect(bridge.inputsOf('media.rename')).toEqual([{ id: mediaId(1), title: 'Night voice' }]))

  await user.click(first.getByRole('button', { name: 'More for Voice 1' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(bridge.inputsOf('bin.restore')).toEqual([{ kind: 'media', id: mediaId(1) }]))

  await user.type(screen.getByRole('textbox', { name: 'Search titles and texts' }), '2')
  await waitFor(() => expect(screen.queryByText('Voice 1')).toBeNull())
  expect(screen.getByText('Voice 2')).toBeTruthy()
})

test('what is under way shows how far it is and can be stopped; its end is said', async () => {
  const media = [summary(1, { state: 'running', jobId, file: null })]
  const bridge = app(media, { 'media.stop': () => summary(1) })
  const { user } = renderWith(
    bridge,
    <>
      <Page />
      <MediaAnnouncer />
    </>
  )
  const first = await row('Voice 1')
  const job = {
    id: jobId,
    kind: 'media',
    state: 'running' as const,
    input: { mediaId: mediaId(1) },
    progress: { phase: 'making', done: 0.4, words: '' },
    error: null,
    createdAt: now,
    updatedAt: now,
  }
  act(() => bridge.emit({ name: 'job.progress', payload: job }))
  expect(await first.findByText('Being made 40%')).toBeTruthy()
  await user.click(first.getByRole('button', { name: 'Stop Voice 1' }))
  await waitFor(() => expect(bridge.inputsOf('media.stop')).toEqual([{ id: mediaId(1) }]))

  media[0] = summary(1)
  act(() => bridge.changedRows('media', mediaId(1)))
  expect(await screen.findByText('“Voice 1” is ready')).toBeTruthy()
  expect(await first.findByRole('button', { name: 'Play Voice 1' })).toBeTruthy()
})

test('what failed says why and is tried again; nothing at all leads to the stories', async () => {
  const error = new FabulaError('media_expired', 'gone', { details: { provider: 'Suno' } }).toShape()
  const media = [summary(1, { stage: stageId('song'), state: 'failed', error, file: null })]
  const bridge = app(media, { 'media.retry': () => summary(1) })
  const { user } = renderWith(bridge, <Page />)
  const first = await row('Voice 1')
  expect(first.getByText(/Suno no longer has the file\..*Make it again/)).toBeTruthy()
  await user.click(first.getByRole('button', { name: 'Retry Voice 1' }))
  await waitFor(() => expect(bridge.inputsOf('media.retry')).toEqual([{ id: mediaId(1) }]))
  media.length = 0
  act(() => bridge.changed('media'))
  expect(await screen.findByText(/Nothing has been made yet/)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'To the stories' })).toBeTruthy()
})

test('a voice is played with its text, in which each sentence can be played from', async () => {
  const said = 'The lamp went out. Nobody came.'
  const bridge = app(
    [summary(1)],
    keptMedia([summary(1)], (one) =>
      whole(one, {
        text: said,
        sentences: [
          { from: 0, to: 18, startMs: 0, endMs: 2000 },
          { from: 19, to: 31, startMs: 2100, endMs: 4000 },
        ],
      })
    )
  )
  const played: number[] = []
  window.HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    played.push(this.currentTime)
    this.dispatchEvent(new Event('play'))
    return Promise.resolve()
  }
  window.HTMLMediaElement.prototype.pause = function (this: HTMLMediaElement) {
    this.dispatchEvent(new Event('pause'))
  }
  const { user } = renderWith(bridge, <Page />)
  const first = await row('Voice 1')
  await user.click(first.getByRole('button', { name: /^Voice 1/ }))
  const place = await first.findByRole('slider', { name: 'Place in Voice 1' })
  expect(place.getAttribute('aria-valuetext')).toBe('0:00 of 1:20')
  place.focus()
  await user.keyboard('{ArrowRight}{ArrowRight}')
  expect(place.getAttribute('aria-valuetext')).toBe('0:10 of 1:20')
  await user.keyboard('{Home}')
  await user.click(first.getByRole('button', { name: 'Nobody came.' }))
  expect(played).toEqual([2.1])
  expect(first.getByText('Nobody came.').dataset['heard']).toBe('true')
  await user.click(first.getByRole('button', { name: 'Speed: 1×' }))
  await user.click(await screen.findByRole('menuitemradio', { name: '1.5×' }))
  expect(first.getByRole('button', { name: 'Speed: 1.5×' })).toBeTruthy()
  expect(document.querySelector('audio')?.playbackRate).toBe(1.5)
  await user.click(first.getByRole('button', { name: 'Pause Voice 1' }))
  expect(first.getByRole('button', { name: 'Play Voice 1' })).toBeTruthy()
  await expectNoAxeViolations()
})

test('of thousands only those in sight are on the page, what plays stays there, and any is found', async () => {
  const media = Array.from({ length: 5_000 }, (_, index) => summary(5_000 - index))
  const bridge = app(media, {
    'media.list': ({ before, search }) => {
      const found = media.filter(({ title }) => search === undefined || title.includes(search))
      const from = before === undefined ? 0 : found.findIndex(({ id }) => id === before) + 1
      return found.slice(from, from + 50)
    },
  })
  const { user } = renderWith(bridge, <Page />)
  const newest = await row('Voice 5000')
  await user.click(newest.getByRole('button', { name: 'Play Voice 5000' }))
  const audio = await waitFor(() => {
    const found = document.querySelector('audio')
    if (!found) throw new Error('Nothing plays')
    return found
  })
  act(() => void audio.dispatchEvent(new Event('play')))
  const page = document.querySelector('[data-page-scroll]')
  // It goes up as the page is scrolled down.
  const place = vi.spyOn(window.HTMLUListElement.prototype, 'getBoundingClientRect')
  place.mockImplementation(() => new window.DOMRect(0, -(page?.scrollTop ?? 0), 800, 800))
  const items = () => [...document.querySelectorAll('li')]
  for (let pages = 2; pages <= 3; pages += 1) {
    if (page) page.scrollTop = pages * 50 * 80
    await waitFor(() => expect(Number(items().at(-1)?.getAttribute('aria-setsize'))).toBeGreaterThanOrEqual(pages * 50))
  }
  expect(items().length).toBeLessThan(60)
  expect(screen.queryByText('Voice 4990')).toBeNull()
  expect(document.querySelector('audio')).toBe(audio)
  expect(items()[0]?.getAttribute('aria-posinset')).toBe('1')

  await user.click(screen.getByLabelText('Search titles and texts'))
  await user.paste('Voice 4321')
  expect(await screen.findByText('Voice 4321')).toBeTruthy()
})

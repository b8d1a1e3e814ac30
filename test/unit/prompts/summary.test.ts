import { expect, it, onTestFinished } from 'vitest'
import type { Summary } from '@contract/entities/summary'
import { SummaryId } from '@contract/ids'
import { newId } from '@main/platform/ids'
import { historyUpTo } from '@main/prompts/history'
import { summary as section } from '@main/prompts/sections/summary'
import { storySoFar } from '@main/prompts/story-so-far'
import { emptyMaterial } from '@test/helpers/prompt-material'
import { addPassages, addStory, testStores } from '@test/helpers/test-stores'

/** A story of 120 short passages with a summary of each 20, and one of the first 60. */
function summarized() {
  const { db, stores } = testStores()
  onTestFinished(() => void db.close())
  const storyId = addStory(stores)
  const rows = addPassages(stores, storyId, 120)
  const add = (level: number, first: number, last: number, text: string) => {
    const [from, to] = [rows[first], rows[last]]
    if (!from || !to) throw new Error('There is no such passage')
    const one: Summary = {
      id: newId(SummaryId),
      storyId,
      level,
      firstId: from.id,
      lastId: to.id,
      first,
      last,
      text,
      edited: false,
      stale: false,
      madeAt: '2026-01-02T03:04:05.000Z',
    }
    stores.summaries.insert(one)
    return one
  }
  for (let part = 0; part < 5; part += 1)
    add(0, part * 20, part * 20 + 19, `Part ${part} tells something of its own, and more.`)
  add(1, 0, 59, 'The first half in short.')
  const end = rows.at(-1)?.id ?? null
  const material = {
    ...emptyMaterial,
    history: historyUpTo(stores, end),
    soFar: storySoFar(stores, storyId, end),
  }
  const parts = (room: number) => {
    const fit = section.content(material)?.fit(room)
    expect(fit?.tokens ?? 0).toBeLessThanOrEqual(room)
    return (fit?.messages()[0]?.content ?? '').split('\n\n').map((text) => text.split(' ').slice(0, 2).join(' '))
  }
  return { stores, storyId, rows, material, parts }
}

it('tells what the window does not show: finely where there is room, coarsely where there is little', () => {
  const { parts } = summarized()
  // Room for everything: nothing is told twice.
  expect(parts(100_000)).toEqual([''])
  expect(parts(150)).toEqual(['Part 0', 'Part 1', 'Part 2'])
  expect(parts(50)).toEqual(['The first', 'Part 3', 'Part 4'])
  expect(parts(2)).toEqual([''])
})

it('holds only on the path that it was made of, and is marked when a passage beneath it changes', () => {
  const { stores, storyId, rows } = summarized()
  expect(storySoFar(stores, storyId, rows[50]?.id ?? null).summaries.map(({ last }) => last)).toEqual([19, 39])
  expect(storySoFar(stores, storyId, null).summaries).toEqual([])
  const beneath = rows[25]
  if (!beneath) throw new Error('There is no such passage')
  stores.messages.update({ ...beneath, deleted: true }, '2026-01-02T03:04:05.000Z')
  expect(stores.summaries.ofStory(storyId).filter(({ stale }) => stale)).toMatchObject([
    { level: 0, first: 20 },
    { level: 1, first: 0 },
  ])
})

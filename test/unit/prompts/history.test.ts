import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { MessageId, StoryId } from '@contract/ids'
import type { Db } from '@main/data/database'
import type { Stores } from '@main/data/stores'
import { historyUpTo } from '@main/prompts/history'
import { planPrompt } from '@main/prompts/prompt-planner'
import { history } from '@main/prompts/sections/history'
import { line } from '@main/prompts/sections/line'
import { estimateTokens } from '@main/platform/token-estimate'
import { asMessages, emptyMaterial } from '@test/helpers/prompt-material'
import { addPassage, addPassages, addStory, testStores } from '@test/helpers/test-stores'

const NOW = '2026-01-02T03:04:05.000Z'

let db: Db
let stores: Stores
let story: StoryId
beforeEach(() => {
  ;({ db, stores } = testStores())
  onTestFinished(() => void db.close())
  story = addStory(stores)
})

const promptUpTo = (end: MessageId | null, total: number, recentText?: number) =>
  planPrompt(
    asMessages([history, line]),
    { ...emptyMaterial, history: historyUpTo(stores, end), ...(recentText === undefined ? {} : { recentText }) },
    { total, answer: 0 }
  )
const contents = (end: MessageId | null, total: number) =>
  promptUpTo(end, total)
    .messages()
    .map(({ content }) => content)
const leftOut = (end: MessageId | null, total: number) => promptUpTo(end, total).parts()[0]?.leftOut

describe('how long a path is', () => {
  it.each([3, 80])('is counted without the passages that are deleted on it: %i of them', (deleted) => {
    const trunk = addPassages(stores, story, 200)
    const fork = trunk[99]
    if (!fork) throw new Error('no passages')
    let branch = fork
    for (let at = 0; at < 50; at += 1) branch = addPassage(stores, story, branch.id)
    for (const row of trunk.slice(-deleted)) stores.messages.update({ ...row, deleted: true }, NOW)
    for (const row of trunk.slice(0, deleted)) stores.messages.update({ ...row, deleted: true }, NOW)
    const { path } = stores.messages
    expect(path.length(trunk.at(-1)?.id ?? null)).toBe(200 - 2 * deleted)
    expect(path.length(branch.id)).toBe(150 - deleted)
    expect(path.length(trunk[deleted]?.id ?? null)).toBe(1)
    expect(path.length(null)).toBe(0)
  })
})

describe('the history in a prompt', () => {
  it('is all of a story of 2,000 passages where there is room for all', () => {
    const rows = addPassages(stores, story, 2000)
    const end = rows.at(-1)?.id ?? null
    expect(contents(end, 1_000_000)).toEqual(rows.map(({ text }) => text))
    expect(leftOut(end, 1_000_000)).toBe(0)
  })

  it('is the newest passages that fit, and what is left out is counted to the last one', () => {
    const rows = addPassages(stores, story, 2000)
    const end = rows.at(-1)?.id ?? null
    const sent = contents(end, 5000)
    expect(sent).toEqual(rows.slice(-sent.length).map(({ text }) => text))
    expect(sent.length).toBeGreaterThan(100)
    expect(leftOut(end, 5000)).toBe(2000 - sent.length)
    const next = rows.at(-sent.length - 1)
    const used = promptUpTo(end, 5000).tokens
    expect(used).toBeLessThanOrEqual(5000)
    expect(used + estimateTokens(next?.text ?? '') + 6).toBeGreaterThan(5000)
  })

  it('is no more than its reader needs', () => {
    const rows = addPassages(stores, story, 100)
    const prompt = promptUpTo(rows.at(-1)?.id ?? null, 100_000, 200)
    expect(prompt.tokens).toBeLessThanOrEqual(200)
    expect(prompt.tokens).toBeGreaterThan(180)
    expect(prompt.messages().at(-1)?.content).toBe('Passage 99')
  })

  it('is empty in a window that has no room, and then all of it is left out', () => {
    const rows = addPassages(stores, story, 10)
    expect(contents(rows.at(-1)?.id ?? null, 1)).toEqual([])
    expect(leftOut(rows.at(-1)?.id ?? null, 1)).toBe(10)
    expect(leftOut(null, 1000)).toBe(0)
  })

  it('never loses the line that is to be answered, which counts as no passage of it', () => {
    const rows = addPassages(stores, story, 4)
    const line = addPassage(stores, story, rows.at(-1)?.id ?? null, { author: 'writer', text: 'My line. '.repeat(50) })
    expect(contents(line.id, 10)).toEqual([line.text])
    expect(leftOut(line.id, 10)).toBe(4)
    expect(contents(line.id, 1000)).toHaveLength(5)
  })

  it('knows the size of a passage by its newest words, whoever wrote them', () => {
    const row = addPassage(stores, story, null, { text: 'Short.' })
    const size = () => stores.messages.path.sizes(row.id, 10).map(({ tokens }) => tokens)
    const long = 'A much longer text. '.repeat(40)
    stores.messages.update({ ...row, text: long }, NOW)
    expect(size()).toEqual([estimateTokens(long)])
    db.prepare('UPDATE messages SET text = ? WHERE id = ?').run('Other words, by hand.', row.id)
    expect(size()).toEqual([estimateTokens('Other words, by hand.')])
    stores.messages.append(row.id, ' And more.')
    expect(size()).toEqual([estimateTokens('Other words, by hand. And more.')])
  })

  it('leaves out passages that were deleted, and does not count them', () => {
    const rows = addPassages(stores, story, 6)
    for (const row of rows.slice(1, 3)) stores.messages.update({ ...row, deleted: true }, NOW)
    const end = rows.at(-1)?.id ?? null
    expect(contents(end, 1000)).toEqual(['Passage 0', 'Passage 3', 'Passage 4', 'Passage 5'])
    expect(leftOut(end, 1)).toBe(4)
  })
})

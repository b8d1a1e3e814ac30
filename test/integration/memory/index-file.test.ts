import { readFileSync, writeFileSync } from 'node:fs'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { MessageId } from '@contract/ids'
import { countStatements } from '@test/helpers/count-statements'
import { addPassage } from '@test/helpers/test-stores'
import { indexStage, OWN } from '@test/helpers/index-stage'

const NOW = '2026-01-02T03:04:05.000Z'

let stage: ReturnType<typeof indexStage>
beforeEach(() => {
  stage = indexStage()
  onTestFinished(() => stage.close())
})

const texts = (found: readonly { text: string }[]) => found.map(({ text }) => text)
const count = (storyId: Parameters<typeof stage.takeUp>[0]) => stage.index().count({ storyId, embedder: OWN.identity })

describe('the index of a story', () => {
  it('finds passages by any form of their words, and says where', () => {
    const { id, head, rows } = stage.story('Хозяйка трактира спала.', 'Шёл дождь.', 'Он увидел хозяйку у окна.')
    stage.takeUp(id)
    const found = stage.recall(id, head, 'хозяйке')
    expect(new Set(texts(found))).toEqual(new Set(['Хозяйка трактира спала.', 'Он увидел хозяйку у окна.']))
    const window = found.find(({ messageId }) => messageId === rows[2]?.id)
    expect(window).toMatchObject({ foundBy: 'words', start: 0, end: 25, storyId: id })
  })

  it('finds by meaning with vectors, and says what found each piece', () => {
    const { id, head } = stage.story('The lighthouse keeper lit the lamp.', 'A merchant counted coins.')
    stage.remember(id)
    const [first] = stage.recall(id, head, 'keepers of lighthouses', { embedder: OWN })
    expect(first).toMatchObject({ foundBy: 'both', text: 'The lighthouse keeper lit the lamp.' })
    const [part] = stage.recall(id, head, 'lamplighters', { embedder: OWN })
    expect(part).toMatchObject({ foundBy: 'meaning', text: 'The lighthouse keeper lit the lamp.' })
  })

  it('takes up what is new, changed, deleted and restored, and nothing else', () => {
    const { id, rows } = stage.story('The red door.', 'The green door.')
    const [red, green] = rows
    if (!red || !green) throw new Error('no passages')
    stage.remember(id)
    expect(count(id)).toEqual({ passages: 2, chunks: 2, vectors: 2 })

    const blue = addPassage(stage.stores, id, green.id, { text: 'The blue door.' })
    stage.stores.messages.setText(red.id, { text: 'The white gate.', edited: true, writtenAt: NOW })
    stage.takeUp(id)
    // What did not change keeps its vector.
    expect(count(id)).toEqual({ passages: 3, chunks: 3, vectors: 1 })
    expect(texts(stage.recall(id, blue.id, 'red'))).toEqual([])
    expect(texts(stage.recall(id, blue.id, 'gate'))).toEqual(['The white gate.'])

    stage.stores.messages.update({ ...green, deleted: true }, NOW)
    stage.takeUp(id)
    expect(texts(stage.recall(id, blue.id, 'green'))).toEqual([])
    expect(count(id).passages).toBe(2)
    stage.stores.messages.update(green, NOW)
    stage.takeUp(id)
    expect(texts(stage.recall(id, blue.id, 'green'))).toEqual(['The green door.'])
  })

  it('keeps the vectors of the chunks of a passage that were not changed', () => {
    const paragraphs = Array.from({ length: 6 }, (_, at) => `Paragraph ${at} ${'of many words '.repeat(40)}.`)
    const { id, rows } = stage.story(paragraphs.join('\n\n'))
    stage.remember(id)
    const before = count(id)
    expect(before.chunks).toBeGreaterThan(4)
    const [row] = rows
    if (!row) throw new Error('no passage')
    const changed = [...paragraphs.slice(0, -1), 'Another end.'].join('\n\n')
    stage.stores.messages.setText(row.id, { text: changed, edited: true, writtenAt: NOW })
    stage.takeUp(id)
    const after = count(id)
    expect(after.chunks - after.vectors).toBe(1)
    expect(texts(stage.recall(id, row.id, 'another'))).toEqual(['Another end.'])
  })

  it('does not show what a passage said before it was changed', () => {
    const { id, rows, head } = stage.story('The secret was told.')
    stage.takeUp(id)
    const [row] = rows
    if (!row) throw new Error('no passage')
    stage.stores.messages.setText(row.id, { text: 'Nothing was told here.', edited: true, writtenAt: NOW })
    expect(stage.recall(id, head, 'secret')).toEqual([])
  })

  it('is compared passage by passage once, and then only by what changed', () => {
    const { id, rows } = stage.story('One.', 'Two.', 'Three.')
    const [one, two, three] = rows
    if (!one || !two || !three) throw new Error('no passages')
    const begin = () => {
      const { passages } = stage.index().begin({ storyId: id })
      while (stage.index().takeUp({ ms: 1000 }).done < passages);
      return passages
    }
    expect(begin()).toBe(3)
    expect(begin()).toBe(0)
    const four = addPassage(stage.stores, id, three.id, { text: 'Four.' })
    expect(begin()).toBe(1)

    // Another branch: what stands before the one that is shown there is new as well.
    const other = addPassage(stage.stores, id, one.id, { text: 'Another two.' })
    addPassage(stage.stores, id, other.id, { text: 'Another three.' })
    expect(begin()).toBe(2)
    stage.stores.stories.setHead(id, four.id, NOW)
    expect(begin()).toBe(0)

    stage.stores.messages.update({ ...two, deleted: true }, NOW)
    expect(begin()).toBe(0)
    expect(count(id).passages).toBe(5)
    stage.stores.messages.update(two, NOW)
    expect(begin()).toBe(1)
    expect(texts(stage.recall(id, four.id, 'two'))).toEqual(['Two.'])

    // What changed while nobody looked is found when it is opened again.
    stage.stores.messages.setText(other.id, { text: 'A third two.', edited: true, writtenAt: NOW })
    stage.reopen()
    expect(begin()).toBe(1)
    stage.stores.stories.setHead(id, other.id, NOW)
    expect(texts(stage.recall(id, other.id, 'third'))).toEqual(['A third two.'])
  })

  it('asks both files as little after a turn in a long story as in a short one', () => {
    const statements = countStatements()
    const afterTurn = (passages: number) => {
      const { id, head } = stage.story(...Array.from({ length: passages }, (_, at) => `Passage ${at} of the lamp.`))
      stage.remember(id)
      addPassage(stage.stores, id, head, { text: 'The lamp went out.' })
      const before = statements()
      stage.remember(id)
      stage.index().count({ storyId: id, embedder: OWN.identity })
      return statements() - before
    }
    const short = afterTurn(20)
    // The work is cut into slices by time, so that a busy machine asks a few times more.
    expect(afterTurn(300)).toBeLessThanOrEqual(short + 10)
  })

  it('takes no passage that is being written', () => {
    const { id } = stage.story()
    const row = addPassage(stage.stores, id, null, { text: 'Half a sent', state: 'streaming' })
    stage.takeUp(id)
    expect(stage.recall(id, row.id, 'half')).toEqual([])
  })
})

describe('recall', () => {
  it('stays on the path that is written on', () => {
    const { id, rows } = stage.story('The lamp of the tower.', 'He went left with the lamp.')
    const [tower, left] = rows
    if (!tower || !left) throw new Error('no passages')
    stage.takeUp(id)
    const right = addPassage(stage.stores, id, tower.id, { text: 'He went right with the lamp.' })
    stage.takeUp(id)
    expect(new Set(texts(stage.recall(id, right.id, 'lamp')))).toEqual(
      new Set(['The lamp of the tower.', 'He went right with the lamp.'])
    )
    expect(new Set(texts(stage.recall(id, left.id, 'lamp')))).toEqual(
      new Set(['The lamp of the tower.', 'He went left with the lamp.'])
    )
    expect(texts(stage.recall(id, tower.id, 'lamp'))).toEqual(['The lamp of the tower.'])
    expect(stage.recall(id, null, 'lamp')).toEqual([])
  })

  it('leaves out what the model sees anyway, and what the writer banned', () => {
    const { id, rows, head } = stage.story('One lamp.', 'Two lamps.', 'Three lamps.')
    const [one, two] = rows
    if (!one || !two) throw new Error('no passages')
    stage.takeUp(id)
    stage.stores.memory.mark(id, one.id, 'ban', NOW)
    expect(texts(stage.recall(id, head, 'lamps', { leaveOut: [two.id] }))).toEqual(['Three lamps.'])
  })

  it('leaves out lines of the writer that say nothing, unless they are pinned', () => {
    const { id, head } = stage.story('The lamp of the tower.')
    const line = addPassage(stage.stores, id, head, { author: 'writer', text: 'The lamp?' })
    const { id: end } = addPassage(stage.stores, id, line.id, { text: 'It was lit.' })
    stage.remember(id)
    const found = () => texts(stage.recall(id, end, 'lamp', { embedder: OWN })).slice(0, 1)
    expect(found()).toEqual(['The lamp of the tower.'])
    expect(texts(stage.recall(id, end, 'lamp', { embedder: OWN }))).not.toContain('The lamp?')
    stage.stores.memory.mark(id, line.id, 'pin', NOW)
    expect(found()).toEqual(['The lamp?'])
  })

  it('begins with what is pinned, found or not', () => {
    const { id, rows, head } = stage.story('The oath of salt.', 'A lamp.', 'The lamp of the tower, a lamp of brass.')
    const [oath, lamp] = rows
    if (!oath || !lamp) throw new Error('no passages')
    stage.takeUp(id)
    stage.stores.memory.mark(id, oath.id, 'pin', NOW)
    const found = stage.recall(id, head, 'tower')
    expect(found.map(({ text, foundBy }) => [text, foundBy])).toEqual([
      ['The oath of salt.', 'pin'],
      ['The lamp of the tower, a lamp of brass.', 'words'],
    ])
    stage.stores.memory.mark(id, lamp.id, 'pin', NOW)
    expect(stage.recall(id, head, 'lamp', { limit: 1 })[0]?.text).toBe('A lamp.')
    expect(stage.recall(id, head, 'tower', { leaveOut: [oath.id, lamp.id] })).toHaveLength(1)
  })

  it('prefers the newer of two that fit alike', () => {
    const { id, head, rows } = stage.story('A lamp of brass.', 'A lamp of brass.')
    stage.takeUp(id)
    expect(stage.recall(id, head, 'brass')[0]?.messageId).toBe(rows[1]?.id)
  })

  it('searches other stories only where it is told to', () => {
    const one = stage.story('The dragon slept.')
    const other = stage.story('The dragon woke.')
    stage.remember(one.id)
    stage.remember(other.id)
    expect(texts(stage.recall(one.id, one.head, 'dragon', { embedder: OWN }))).toEqual(['The dragon slept.'])
    const both = stage.recall(one.id, one.head, 'dragon', { others: [other.id], embedder: OWN })
    expect(new Set(both.map(({ storyId }) => storyId))).toEqual(new Set([one.id, other.id]))
  })

  it('shows two chunks that meet as one piece', () => {
    const long = Array.from({ length: 30 }, (_, at) => `Sentence ${at} tells of the lamp and of the tower again.`)
    const { id, head } = stage.story(long.join(' '))
    stage.takeUp(id)
    const found = stage.recall(id, head, 'lamp tower', { limit: 3 })
    expect(found).toHaveLength(1)
    expect(found[0]?.text.startsWith('Sentence 0')).toBe(true)
  })

  it('finds nothing for a question without words', () => {
    const { id, head } = stage.story('A lamp.')
    stage.remember(id)
    expect(stage.recall(id, head, ' … ')).toEqual([])
    expect(stage.recall(id, head, 'lamp', { limit: 0 })).toEqual([])
  })
})

describe('vectors', () => {
  it('of two models are never compared, nor those of two lengths by one name', () => {
    const { id, head } = stage.story('The lamp.', 'The door.')
    stage.remember(id)
    const ask = (identity: string, vector: number[]) =>
      stage.recall(id, head, 'nothing', {
        queries: [{ text: 'nothing', vector }],
        embedder: { identity, ownDimensions: null },
      })
    stage.index().beginVectors({ storyId: id, embedder: 'other' })
    expect(ask('other', [1, 0])).toEqual([])
    expect(stage.recall(id, head, 'door', { embedder: OWN })[0]?.foundBy).toBe('both')

    const { chunks } = stage.index().nextTexts({ count: 10 })
    expect(chunks.map(({ text }) => text)).toEqual(['The lamp.', 'The door.'])
    const vectors = chunks.map(({ id: chunk }, at) => ({ id: chunk, vector: at === 0 ? [1, 0] : [0, 1] }))
    expect(stage.index().keepVectors({ vectors })).toEqual({ waiting: 0, chunks: 2 })
    expect(texts(ask('other', [0, 1]))).toEqual(['The door.', 'The lamp.'])
    expect(ask('other', [0, 1, 0])).toEqual([])
    expect(stage.recall(id, head, 'door', { embedder: OWN })[0]?.foundBy).toBe('words')

    // The same name now gives longer vectors: those before are made anew.
    stage.index().beginVectors({ storyId: id, embedder: 'other' })
    stage.stores.messages.setText(MessageId.parse(head), { text: 'A door.', edited: true, writtenAt: NOW })
    stage.takeUp(id)
    expect(stage.index().beginVectors({ storyId: id, embedder: 'other' })).toEqual({ waiting: 1, chunks: 2 })
    const [next] = stage.index().nextTexts({ count: 10 }).chunks
    const longer = { id: next?.id ?? 0, vector: [0, 1, 0] }
    expect(stage.index().keepVectors({ vectors: [longer] })).toEqual({ waiting: 1, chunks: 2 })
    expect(texts(ask('other', [0, 1, 0]))).toEqual(['A door.'])
    expect(ask('other', [0, 1])).toEqual([])
  })

  it('are not waited for by chunks that went meanwhile', () => {
    const { id, rows } = stage.story('The lamp.', 'The door.')
    stage.takeUp(id)
    stage.index().beginVectors({ storyId: id, embedder: 'other' })
    const [lamp] = rows
    if (!lamp) throw new Error('no passage')
    stage.stores.messages.update({ ...lamp, deleted: true }, NOW)
    stage.takeUp(id)
    expect(
      stage
        .index()
        .nextTexts({ count: 10 })
        .chunks.map(({ text }) => text)
    ).toEqual(['The door.'])
  })
})

describe('the file of the index', () => {
  it('is there again after it was closed', () => {
    const { id, head } = stage.story('The lamp.')
    stage.remember(id)
    stage.reopen()
    expect(stage.recall(id, head, 'lamps', { embedder: OWN })[0]?.foundBy).toBe('both')
  })

  it('is made anew when it is damaged', () => {
    const { id, head } = stage.story('The lamp.')
    stage.takeUp(id)
    stage.index().close()
    writeFileSync(stage.files.index, 'this is no database, and never was one')
    stage.reopenAfterClose()
    expect(stage.recall(id, head, 'lamp')).toEqual([])
    stage.takeUp(id)
    expect(stage.recall(id, head, 'lamp')).toHaveLength(1)
  })

  it('keeps no word of what was deleted', () => {
    const { id, rows } = stage.story('Plantedsecret stood here.', 'What stays.')
    const [secret] = rows
    if (!secret) throw new Error('no passage')
    stage.remember(id)
    stage.stores.messages.update({ ...secret, deleted: true }, NOW)
    stage.takeUp(id)
    stage.index().close()
    expect(readFileSync(stage.files.index, 'latin1').includes('lantedsecret')).toBe(false)
    stage.reopenAfterClose()
  })

  it('lets go of stories and passages that were deleted while nobody listened', () => {
    const { id } = stage.story('The lamp.')
    const kept = stage.story('The door.', 'The gate.')
    stage.remember(id)
    stage.takeUp(kept.id)
    stage.stores.stories.setDeleted(id, NOW)
    const [door] = kept.rows
    if (!door) throw new Error('no passage')
    stage.stores.messages.update({ ...door, deleted: true }, NOW)
    stage.index().tidy(null)
    expect(count(id)).toEqual({ passages: 0, chunks: 0, vectors: 0 })
    expect(count(kept.id).passages).toBe(1)
    stage.index().forget({ storyId: kept.id })
    expect(count(kept.id).passages).toBe(0)
  })
})

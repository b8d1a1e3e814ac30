import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FabulaError } from '@contract/errors'
import { JsonObject } from '@contract/values'
import { isChat, readChat, writeChat, type ReadChat, type WrittenNote, type WrittenPassage } from '@main/formats/chat'
import { branchesTogether, chatTree } from '@main/formats/chat-tree'

const NOW = '2026-01-01T00:00:00.000Z'

const head = (more: JsonObject = {}): JsonObject => ({
  user_name: 'Анна',
  character_name: 'Мира',
  create_date: '2024-06-19@14h20m05s',
  chat_metadata: { integrity: 'x', variables: { a: 1 }, ...more },
})

const said = (mes: string, more: JsonObject = {}): JsonObject => ({
  name: 'Мира',
  is_user: false,
  is_system: false,
  send_date: 'June 19, 2024 2:20pm',
  mes,
  extra: { api: 'openrouter', model: 'some/model', reasoning: 'hm', gen_id: 1 },
  ...more,
})
const asked = (mes: string, more: JsonObject = {}): JsonObject =>
  said(mes, { name: 'Анна', is_user: true, extra: {}, ...more })
const swiped = (texts: string[], chosen: number, more: JsonObject = {}): JsonObject =>
  said(texts[chosen] ?? '', {
    swipe_id: chosen,
    swipes: texts,
    swipe_info: texts.map((_, index) => ({ send_date: 'x', extra: { model: `model-${index}`, vendor: [index] } })),
    ...more,
  })

const jsonl = (lines: readonly JsonObject[], end = '\n') => lines.map((line) => JSON.stringify(line)).join(end)

/** What a generator comes to. */
function last<Result>(work: Generator<unknown, Result>): Result {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}
const read = (text: string) => last(readChat(text))

const passagesOf = ({ passages }: ReadChat): WrittenPassage[] =>
  passages.map(({ texts, writtenAt, ...passage }) => ({
    ...passage,
    texts: texts.map((text) => ({ ...text, tokens: null, writtenAt: writtenAt ?? NOW })),
  }))
const noteOf = ({ note }: ReadChat): WrittenNote => ({
  text: note?.text ?? '',
  depth: note?.depth ?? 4,
  voice: 'system',
})
const written = (chat: ReadChat, note = noteOf(chat)): JsonObject[] =>
  [...writeChat({ ...chat, createdAt: NOW, note, passages: passagesOf(chat) })].map(
    (line) => JSON.parse(line) as JsonObject
  )

const shapes: Record<string, JsonObject[]> = {
  'one of today': [head(), swiped(['One.', 'Two. 🌊', 'Three.'], 1), asked('And then?'), said('Then the light.')],
  'a group chat': [
    head({ group: 1 }),
    said('a', { name: 'A', original_avatar: 'a.png' }),
    said('b', { name: 'B', force_avatar: '/b.png' }),
  ],
  'one with hidden messages and unknown fields': [
    head(),
    said('x', { is_system: true, future: { a: [1] } }),
    asked('y', { bias: 'z' }),
  ],
  'one with bookmarks': [
    head({ main_chat: 'Мира - 1' }),
    said('x', { extra: { bookmark_link: 'b', branches: ['c'] } }),
  ],
  'one of a new head': [{ chat_metadata: {}, user_name: 'unused', character_name: 'unused' }, said('x')],
  'one with a note': [head({ note_prompt: 'Rain.', note_interval: 3, note_depth: 2, note_role: 1 }), said('x')],
  'one without messages': [head()],
  'one with empty texts': [head(), said(''), asked('', {})],
}

describe('a chat that comes and goes', () => {
  it.each(Object.entries(shapes))('keeps all it had: %s', (_, lines) => {
    const text = jsonl(lines)
    expect(isChat(text)).toBe(true)
    const [first, ...others] = written(read(text))
    expect(first).toMatchObject(lines[0] ?? {})
    expect(others).toEqual(lines.slice(1))
  })

  it('is the same with the line ends of Windows, empty lines and a mark at its beginning', () => {
    const lines = shapes['one of today'] ?? []
    expect(read(`\ufeff${jsonl(lines, '\r\n\r\n')}\r\n\r\n`)).toEqual(read(jsonl(lines)))
  })

  it('keeps any unknown field of any message', () => {
    const unknown = fc
      .dictionary(
        fc.string().map((key) => `x-${key}`),
        fc.jsonValue({ maxDepth: 2 }).filter(isPlain),
        { maxKeys: 3 }
      )
      .map((object) => JsonObject.parse(JSON.parse(JSON.stringify(object))))
    fc.assert(
      fc.property(fc.array(fc.tuple(unknown, unknown, fc.boolean()), { maxLength: 5 }), unknown, (messages, top) => {
        const lines = [
          { ...top, ...head(top) },
          ...messages.map(([more, extra, isUser]) => ({ ...more, ...said('text', { is_user: isUser, extra }) })),
        ]
        expect(written(read(jsonl(lines)))).toEqual(lines)
      })
    )
  })
})

describe('the note of a story that becomes a chat', () => {
  const metadataOf = (more: JsonObject, note: WrittenNote) => {
    const [first] = written(read(jsonl([head(more), said('x')])), note)
    return first?.['chat_metadata']
  }
  const note: WrittenNote = { text: 'It rains.', depth: 3, voice: 'assistant' }

  it('is the note of the chat, at its depth, in its voice', () => {
    expect(metadataOf({}, note)).toMatchObject({
      integrity: 'x',
      note_prompt: 'It rains.',
      note_depth: 3,
      note_interval: 1,
      note_position: 1,
      note_role: 2,
    })
    expect(metadataOf({}, { ...note, text: '' })).not.toHaveProperty('note_prompt')
  })

  it('stands in the place of the one that the file had, and leaves how often it is sent', () => {
    const kept = { note_prompt: 'Snow.', note_depth: 1, note_interval: 5 }
    expect(metadataOf(kept, note)).toMatchObject({ note_prompt: 'It rains.', note_depth: 3, note_interval: 5 })
    expect(metadataOf(kept, { ...note, text: '' })).toMatchObject({ note_prompt: '' })
  })
})

describe('the messages of a chat', () => {
  it('have their swipes as alternatives, each with who wrote it', () => {
    const { passages, userName, characterName } = read(jsonl(shapes['one of today'] ?? []))
    expect([userName, characterName]).toEqual(['Анна', 'Мира'])
    expect(passages[0]).toMatchObject({ chosen: 1, isWriter: false, name: 'Мира' })
    expect(passages[0]?.texts.map(({ text, writtenBy }) => [text, writtenBy?.model])).toEqual([
      ['One.', 'model-0'],
      ['Two. 🌊', 'some/model'],
      ['Three.', 'model-2'],
    ])
  })

  it('keep a text that was edited since it was a swipe, beside it', () => {
    const { passages } = read(jsonl([head(), swiped(['One.', 'Two.'], 0, { mes: 'One, edited.' })]))
    expect(passages[0]?.texts.map(({ text }) => text)).toEqual(['One.', 'Two.', 'One, edited.'])
    expect(passages[0]?.chosen).toBe(2)
  })

  it('have names where the head has none', () => {
    expect(read(jsonl(shapes['one of a new head'] ?? [])).characterName).toBe('Мира')
  })

  it.each([
    ['2024-06-19T14:20:05.000Z', '2024-06-19T14:20:05.000Z'],
    [1_718_806_805_000, '2024-06-19T14:20:05.000Z'],
    ['1718806805000', '2024-06-19T14:20:05.000Z'],
    ['nonsense', null],
    [null, null],
  ])('have their dates: %s', (date, moment) => {
    expect(read(jsonl([said('x', { send_date: date })])).passages[0]?.writtenAt).toBe(moment)
  })

  it('have dates in words and with letters for hours, too', () => {
    for (const date of ['June 19, 2024 2:20pm', '2024-6-19 @14h 20m 05s 123ms'])
      expect(new Date(read(jsonl([said('x', { send_date: date })])).passages[0]?.writtenAt ?? 0).getMinutes()).toBe(20)
  })
})

describe('a chat with a fault', () => {
  const refusal = (text: string) => {
    try {
      read(text)
    } catch (error) {
      if (error instanceof FabulaError) return { code: error.code, ...error.details }
      throw error
    }
    return null
  }

  it('says which line is no JSON', () => {
    expect(refusal(`${jsonl([head(), said('x')])}\n{"mes": "x",}\n`)).toMatchObject({ code: 'file_not_json', line: 3 })
  })
  it('says which field of which line is wrong', () => {
    expect(refusal(jsonl([head(), said('x', { mes: null })]))).toMatchObject({
      code: 'file_invalid',
      path: 'line 2.mes',
    })
    expect(refusal(jsonl([said('x', { swipes: 'one' })]))).toMatchObject({ path: 'line 1.swipes' })
  })
  it.each(['', '[]', '{}', 'plain text', '{"name":"x","description":"y"}'])('is not taken for one: %s', (text) =>
    expect(isChat(text)).toBe(false)
  )
})

describe('chats that were branched off from one another', () => {
  const main = {
    name: 'Мира - 1',
    chat: read(jsonl([head(), said('a'), asked('b'), swiped(['c', 'd'], 0), asked('e')])),
  }
  const branch = {
    name: 'Branch #1',
    chat: read(jsonl([head({ main_chat: 'Мира - 1' }), said('a'), asked('b'), said('d'), asked('f'), said('g')])),
  }
  const second = { name: 'Branch #2', chat: read(jsonl([head({ main_chat: 'Branch #1' }), said('a'), asked('other')])) }
  const lost = { name: 'Lost', chat: read(jsonl([head({ main_chat: 'gone' }), said('a')])) }

  it('belong together, with the first of them first', () => {
    expect(branchesTogether([second, lost, branch, main]).map((group) => group.map(({ name }) => name))).toEqual([
      ['Мира - 1', 'Branch #1', 'Branch #2'].toSorted((a, b) =>
        a === 'Мира - 1' ? -1 : b === 'Мира - 1' ? 1 : b.localeCompare(a)
      ),
      ['Lost'],
    ])
  })

  it('are one tree in which every text stands once', () => {
    const { nodes, head: end } = last(chatTree([main.chat, branch.chat, second.chat]))
    const path = (at: number | null): string => {
      const node = at === null ? undefined : nodes[at]
      return node ? path(node.parent) + node.text : ''
    }
    expect(nodes.map((_, index) => path(index)).toSorted()).toEqual(
      ['a', 'ab', 'abc', 'abce', 'abd', 'abdf', 'abdfg', 'aother'].toSorted()
    )
    expect(path(end)).toBe('abce')
  })

  it('that name each other do not go round for ever', () => {
    const one = { name: 'one', chat: read(jsonl([head({ main_chat: 'two' })])) }
    const two = { name: 'two', chat: read(jsonl([head({ main_chat: 'one' })])) }
    expect(branchesTogether([one, two]).flat()).toHaveLength(2)
  })
})

/** No file may have a field that would change what an object is: readers refuse or drop it. */
function isPlain(value: unknown): boolean {
  return !JSON.stringify(value).includes('"__proto__"')
}

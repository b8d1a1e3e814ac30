import { beforeAll, describe, expect, it } from 'vitest'
import { WorldEntryId } from '@contract/ids'
import { newId } from '@main/platform/ids'
import { saidAloud } from '@main/speech/said-aloud'
import { whoSpeaks, type Speaker } from '@main/speech/who-speaks'
import type { KeyFinder } from '@main/worlds/find-key'
import { runThrough } from '@test/helpers/run-through'
import { wordFinder } from '@main/worlds/word-finder'

const said = (text: string) => runThrough(saidAloud(text)).map(({ from, to }) => text.slice(from, to))

describe('what is said aloud', () => {
  it.each([
    ['a dash', '— Кто здесь?', ['Кто здесь?']],
    ['the author’s words between', '— Иду, — сказал он. — Подожди! — и вышел.', ['Иду,', 'Подожди!']],
    ['a dash within what is said', '— Жизнь — это море.', ['Жизнь — это море.']],
    ['Russian quotes', 'Он сказал: «Я иду». «Стой!» — крикнула она.', ['«Я иду»', '«Стой!»']],
    ['a name in quotes', 'Пароход «Титаник» утонул. «Титаник» — корабль.', []],
    ['a word meant otherwise', 'Его так называемый «друг» молчал.', []],
    ['English quotes', '“Come,” she said, “before it rains.” He came.', ['“Come,”', '“before it rains.”']],
    ['straight quotes', '"Why?" asked Tom. The "friend" was silent.', ['"Why?"']],
    [
      'a quote that goes on in the next paragraph',
      '“I went there.\n\n“And I came back.”',
      ['“I went there.', '“And I came back.”'],
    ],
    ['no dialogue', 'Он вышел — и пропал. А море — молчало.', []],
  ])('%s', (_name, text, expected) => {
    expect(said(text)).toEqual(expected)
  })
})

describe('who says it', () => {
  let finder: KeyFinder
  beforeAll(async () => {
    finder = await wordFinder()
  })
  const speaker = (...names: string[]): Speaker => ({ entryId: newId(WorldEntryId), names })
  const [anna, ignat, pavel, john, mary] = [
    speaker('Анна Каренина', 'Анна'),
    speaker('Игнат'),
    speaker('Павел'),
    speaker('John Silver', 'John', 'Long John'),
    speaker('Mary'),
  ]
  const everybody = [anna, ignat, pavel, john, mary]
  const nameOf = new Map(everybody.map(({ entryId, names }) => [entryId, names.at(-1)]))
  const told = (text: string, speakers = everybody) =>
    runThrough(whoSpeaks(text, speakers, finder))
      .filter(({ from, to }) => runThrough(saidAloud(text)).some((speech) => speech.from === from && speech.to === to))
      .map(({ from, to, entryId }) => [text.slice(from, to), entryId && nameOf.get(entryId)])

  it.each([
    ['behind it', '— Иду, — сказал Игнат.', [['Иду,', 'Игнат']]],
    ['before it', 'Анна сказала: «Пора».', [['«Пора»', 'Анна']]],
    ['whom it is said to', '— Пора, — сказал Анне Игнат.', [['Пора,', 'Игнат']]],
    ['who is looked at', '— Пора. — Анна взглянула на Игната.', [['Пора.', 'Анна']]],
    ['in another form', 'Голос Павла дрогнул: «Кто там?»', [['«Кто там?»', 'Павел']]],
    [
      'all of a line',
      '— Иду, — сказала Анна. — Подожди.',
      [
        ['Иду,', 'Анна'],
        ['Подожди.', 'Анна'],
      ],
    ],
    ['the line before', 'Анна обернулась.\n— Кто здесь?', [['Кто здесь?', 'Анна']]],
    ['a name in what is said', '— Анна, где ты?', [['Анна, где ты?', null]]],
    [
      'English',
      '“Hi,” said John to Mary. “Sit down.”',
      [
        ['“Hi,”', 'Long John'],
        ['“Sit down.”', 'Long John'],
      ],
    ],
    ['a common word', '“Go,” said the pavel of the house.', [['“Go,”', null]]],
  ])('by the name that stands %s', (_name, text, expected) => {
    expect(told(text)).toEqual(expected)
  })

  it('by whose turn it is in a conversation of two, until somebody narrates', () => {
    const talk = [
      '— Ты пришёл, — сказала Анна.',
      '— Пришёл, — ответил Игнат.',
      '— Зачем?',
      '— Просто так.',
      'За окном стемнело.',
      '— Пора.',
    ].join('\n')
    expect(told(talk).map(([, who]) => who)).toEqual(['Анна', 'Игнат', 'Анна', 'Игнат', null])
  })

  it('and leaves nothing of the text out, in its order', () => {
    const text = 'Утро.\n\n— Иду, — сказал Игнат. — Подожди.\n***\n«Да!» — крикнула Анна и ушла.'
    const parts = runThrough(whoSpeaks(text, everybody, finder))
    const bare = (all: string) => all.replaceAll(/[^\p{L}]/gu, '')
    expect(parts.map(({ from, to }) => bare(text.slice(from, to))).join('')).toBe(bare(text))
    expect(parts.every(({ from }, at) => from >= (parts[at - 1]?.to ?? 0))).toBe(true)
    expect(runThrough(whoSpeaks('Тихо.', [], finder))).toEqual([{ from: 0, to: 5, entryId: null, voice: null }])
  })
})

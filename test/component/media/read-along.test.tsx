import { expect, test } from 'vitest'
import { clock } from '@renderer/components/player/clock'
import { barsOf } from '@renderer/components/player/peaks'
import { findSpoken, spokenAt } from '@renderer/domain/media/find-spoken'
import { rangeOf, shownText } from '@renderer/domain/media/mark-range'
import { fileNameOf } from '@renderer/domain/media/media-file'

const sentence = (from: number, to: number, startMs = 0) => ({ from, to, startMs, endMs: startMs + 1000 })

test('a sentence is found in a page that is set otherwise than the text: without stars, in paragraphs of its own', () => {
  const page = document.createElement('div')
  page.innerHTML = '<p>The lamp <em>went out</em>.</p><p>“Who is there?” asked Ann.</p>'
  const text = 'The lamp *went out*.\n\n“Who is there?” asked Ann.'
  const spans = findSpoken(shownText(page), text, [sentence(0, 20), sentence(22, 48)])
  expect(spans?.map((span) => span && rangeOf(page, span)?.toString())).toEqual([
    'The lamp went out.',
    '“Who is there?” asked Ann.',
  ])
})

test('a text that the page does not show is found nowhere', () => {
  expect(findSpoken('The lamp went out.', 'Quite another text.', [sentence(0, 5)])).toBeNull()
  expect(findSpoken('The lamp went out.', '…', [sentence(0, 1)])).toBeNull()
})

test('the sentence that is heard is the last that has begun', () => {
  const sentences = [sentence(0, 5, 100), sentence(6, 9, 2000)]
  expect([0, 100, 1500, 2000, 9000].map((ms) => spokenAt(sentences, ms))).toEqual([-1, 0, 0, 1, 1])
})

test('times, peaks and names of files are what a player and a folder take', () => {
  expect([0, 59_999, 80_000, 3_723_000].map(clock)).toEqual(['0:00', '0:59', '1:20', '1:02:03'])
  expect(barsOf([0, 1, 0.5, 0.25], 2)).toEqual([1, 0.5])
  expect(barsOf([0.5], 3)).toEqual([0.5, 0.5, 0.5])
  expect(fileNameOf('Ann: “who?” / where', { type: 'audio/wav' })).toBe('Ann “who ” where.wav')
})

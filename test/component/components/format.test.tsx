import { expect, test } from 'vitest'
import { createFormatters } from '@renderer/components/format'

const en = createFormatters('en')
const ru = createFormatters('ru')

test('token counts are as people know them, not as they divide', () => {
  expect([200_000, 32_768, 128_000, 1_000_000, 1_048_576, 512].map(en.tokens)).toEqual([
    '200k',
    '32k',
    '128k',
    '1M',
    '1M',
    '512',
  ])
})

test('a cheap price is not rounded to nothing', () => {
  expect(en.price({ input: 3, output: 15 })).toBe('$3 / $15')
  expect(en.price({ input: 0.075, output: 0.3 })).toBe('$0.075 / $0.3')
  expect([en.thousands, en.decimal, ru.thousands, ru.decimal]).toEqual([',', '.', '\u00A0', ','])
  expect(en.cost(0.0041)).toBe('$0.0041')
  expect(ru.cost(0.0041)).toBe('$0,0041')
})

test('sizes and times are written in the language', () => {
  const now = Date.parse('2026-03-01T12:00:00Z')
  expect(en.bytes(4_700_000_000)).toBe('4.7 GB')
  expect(ru.bytes(4_700_000_000)).toBe('4,7 ГБ')
  expect(en.ago('2026-03-01T11:55:00Z', now)).toBe('5 minutes ago')
  expect(ru.ago('2026-02-28T12:00:00Z', now)).toBe('вчера')
  expect(en.ago('2026-03-01T12:00:30Z', now)).toBe('now')
  expect([340, 1234, 45_600, 150_000].map(en.duration)).toEqual([
    '340\u00a0ms',
    '1.2\u00a0s',
    '45.6\u00a0s',
    '2.5\u00a0min',
  ])
  expect([340, 1234, 150_000].map(ru.duration)).toEqual(['340\u00a0мс', '1,2\u00a0с', '2,5\u00a0мин'])
})

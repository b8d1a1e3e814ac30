import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openingOf } from '@main/features/turns/opening'

describe('the opening of a passage that is completed', () => {
  it.each([
    ['English, in the middle of a word', 'The door opens slow', 'The door opens '],
    ['English, after a sentence', 'The door opens.', 'The door opens. '],
    ['English, after a space', 'The door opens ', 'The door opens '],
    ['a hyphen in a word', 'It was half-wri', 'It was '],
    ['a hyphen at the end', 'It was half-', 'It was '],
    ['an apostrophe', 'They don’', 'They '],
    ['a dash', 'He stopped —', 'He stopped '],
    ['a quotation that begins', 'He said "', 'He said '],
    ['a quotation of half a word', 'He said “Hel', 'He said '],
    ['a quotation that ends', 'He said “Hello.”', 'He said “Hello.” '],
    ['Russian', 'Дверь открылась, и он уви', 'Дверь открылась, и он '],
    ['Russian speech', 'Он обернулся.\n— Кто', 'Он обернулся.\n— '],
    ['Chinese', '门慢慢地打开了，一只黑猫走了出', '门慢慢地打开了，一只黑猫走了'],
    ['Chinese, after a sentence', '门慢慢地打开了。', '门慢慢地打开了。'],
    ['Japanese', '扉がゆっくりと開き、黒い猫が出', '扉がゆっくりと開き、黒い猫が'],
    ['Japanese, a quotation that ends', '「こんにちは」', '「こんにちは」'],
    ['Thai', 'ประตูเปิดออกช้าๆ แมวดำเดินออกมา', 'ประตูเปิดออกช้าๆ แมวดำเดินออก'],
    ['Korean', '문이 천천히 열리고 고양', '문이 천천히 열리고 '],
    ['Chinese with a foreign word', '他轻轻地说：hello wor', '他轻轻地说：hello '],
    ['English with a Japanese name', 'She came to 東京駅', 'She came to 東京'],
    ['a single word', 'Once', 'Once'],
    ['a single Chinese character', '门', '门'],
  ])('is kept up to its last whole word: %s', (_what, text, opening) => {
    expect(openingOf(text)).toBe(opening)
  })

  it('is never lost, begins as the passage does, and drops no more than its end', () => {
    const long = fc
      .constantFrom('灯塔看守人提着灯走上楼梯', 'the keeper climbs ', 'ผู้ดูแลประภาคาร', 'смотритель, ')
      .map((text) => text.repeat(60))
    fc.assert(
      fc.property(long, fc.string({ unit: 'grapheme', maxLength: 20 }), (start, end) => {
        const text = start + end
        const opening = openingOf(text)
        expect(text.startsWith(opening.trimEnd())).toBe(true)
        expect(opening.trim()).not.toBe('')
        expect(text.length - opening.length).toBeLessThan(60)
      })
    )
  })
})

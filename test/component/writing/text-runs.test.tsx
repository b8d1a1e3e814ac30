import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitBlocks, splitRuns, takesDropCap } from '@contract/prose'

const styled = (text: string, growing = false) =>
  splitRuns(text, growing)
    .map(({ text, bold, italic }) => `${bold ? 'B' : ''}${italic ? 'I' : ''}[${text}]`)
    .join('')

describe('emphasis', () => {
  it.each([
    ['plain', '[plain]'],
    ['a *b* c', '[a ]I[b][ c]'],
    ['a **b** c', '[a ]B[b][ c]'],
    ['***b***', 'BI[b]'],
    ['**a *b* c**', 'B[a ]BI[b]B[ c]'],
    ['*a **b** c*', 'I[a ]BI[b]I[ c]'],
    // Sums and footnotes are not emphasis.
    ['2 * 3 * 4', '[2 ][*][ 3 ][*][ 4]'],
    ['a note*', '[a note][*]'],
    ['*open', '[*][open]'],
    ['**** a', '[**** a]'],
  ])('%s', (text, expected) => expect(styled(text)).toBe(expected))

  it('that is still being written already shows, so that nothing changes when it closes', () => {
    expect(styled('He said *no', true)).toBe('[He said ]I[no]')
  })

  it('loses no letter, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('*', 'a', ' ', '\u00e9') }), fc.boolean(), (text, growing) => {
        const shown = splitRuns(text, growing).map((run) => run.text)
        expect(shown.join('').replaceAll('*', '')).toBe(text.replaceAll('*', ''))
      })
    )
  })
})

describe('a passage', () => {
  it('breaks into paragraphs at every line end, and into scenes', () => {
    expect(splitBlocks('One.\nTwo.\n\n\n* * *\r\nThree.\n---\n')).toEqual([
      { kind: 'paragraph', text: 'One.' },
      { kind: 'paragraph', text: 'Two.' },
      { kind: 'break' },
      { kind: 'paragraph', text: 'Three.' },
      { kind: 'break' },
    ])
  })

  it.each([
    ['Nobody', true],
    ['«Никто', true],
    ['“No', true],
    ['— Нет', false],
    ['42', false],
  ])('begins with a large letter only where there is one: %s', (text, takes) => {
    expect(takesDropCap(text)).toBe(takes)
  })
})

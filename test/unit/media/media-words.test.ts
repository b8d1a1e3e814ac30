import { describe, expect, it } from 'vitest'
import { titleOf } from '@main/features/media/media-words'

describe('the title of what nobody has named', () => {
  it.each([
    ['The fog came in. The lighthouse stood in it.', 'The fog came in'],
    ['К девяти горизонта не стало. Остались маяк да море.', 'К девяти горизонта не стало'],
    ['Who is there? Nobody answered.', 'Who is there?'],
    ['\n — \n  The   stairs\nand more', 'The stairs'],
    ['J. Brannock kept the lamp. It burned.', 'J. Brannock kept the lamp'],
    ['…', '…'],
  ])('of %j is %j', (text, title) => expect(titleOf(text)).toBe(title))

  it('ends between words, with a sign that more follows', () => {
    const title = titleOf(
      'One long sentence, which goes on and on, and on again, until it is as long as a title can be'
    )
    expect(title).toBe('One long sentence, which goes on and on, and on again…')
  })

  it('cuts a word that is longer than a title, and no character', () => {
    const title = titleOf(`a${'🌊'.repeat(60)}`)
    expect(title.length).toBeLessThanOrEqual(60)
    expect(title).toMatch(/^a🌊+…$/u)
  })
})

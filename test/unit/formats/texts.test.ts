import { describe, expect, it } from 'vitest'
import { isDocx, writeArchive } from '@main/formats/archive'
import { isChapterLine, lineNumber } from '@main/formats/chapter-line'
import { findChapters } from '@main/formats/find-chapters'
import { wordsOfMarkdown } from '@main/formats/markdown-words'
import { readDocx } from '@main/formats/read-docx'
import { readMarkdown } from '@main/formats/read-markdown'
import { readPlain } from '@main/formats/read-plain'
import { isWrapped, type TextBlock } from '@main/formats/text-block'
import { sliced } from '@main/platform/sliced'

/** `2 Name` for a heading, `***`, `> quotation`, and paragraphs as they are. */
const told = (blocks: readonly TextBlock[]): string[] =>
  blocks.map((block) => {
    if (block.kind === 'break') return '***'
    if (block.kind === 'heading') return `${block.level} ${block.text}`
    return block.isQuote ? `> ${block.text}` : block.text
  })
const markdown = async (text: string) => told(await sliced(readMarkdown(text)))
const plain = async (text: string) => told(await sliced(readPlain(text)))
const chapters = (blocks: readonly TextBlock[]) => {
  const { title, chapters: found } = findChapters(blocks)
  return [title, ...found.map(({ name, words }) => [name, ...told(words)])]
}
const LINE = 'The lamp went out, and nobody on the shore knew of it for a night.'

describe('Markdown', () => {
  it('is read with headings, quotations, emphasis and scene breaks', async () => {
    const text = `\ufeff# The *Fog* ##\r\n\r\nArrival\n-------\n\n> I _knock_.\n>\n> Twice.\n\nNobody *ever* came.\n\n* * *\n\n1. a list\n2. of two\n___\nThe end.`
    expect(await markdown(text)).toEqual([
      '1 The *Fog*',
      '2 Arrival',
      '> I *knock*.',
      '> Twice.',
      'Nobody *ever* came.',
      '***',
      '1. a list',
      '2. of two',
      '***',
      'The end.',
    ])
  })

  it('joins the lines of a paragraph only where they are wrapped', async () => {
    expect(await markdown(`— Hello.\n— Goodbye.`)).toEqual(['— Hello.', '— Goodbye.'])
    const wrapped = Array.from({ length: 6 }, () => LINE).join('\n')
    expect(await markdown(`${wrapped}\n\n${wrapped}`)).toHaveLength(2)
    expect(isWrapped(Array.from({ length: 9 }, () => LINE.repeat(3)).join('\n'))).toBe(false)
  })

  it('takes the title from the head of a file, and a line of dashes under a sentence for a break', async () => {
    expect(await markdown('---\ntitle: "Fog"\ntags: [a]\n---\nIt was dark.\n---\nThen light.')).toEqual([
      '0 Fog',
      'It was dark.',
      '***',
      'Then light.',
    ])
    expect(await markdown('---\n\nIt began with a break.')).toEqual(['***', 'It began with a break.'])
  })

  it('is refused where it has more paragraphs than any story', () => {
    const whole = (reading: Generator<undefined, TextBlock[]>) => Array.from(reading)
    for (const read of [readMarkdown, readPlain])
      expect(() => whole(read('a\n'.repeat(500_002)))).toThrow('more than 500000 paragraphs')
  })

  it('keeps the words of code as they are', async () => {
    expect(await markdown('```\n# not _this_\n```\nAfter.')).toEqual(['# not _this_', 'After.'])
  })

  it.each([
    ['\\# a \\*b\\* \\_c\\_ \\[d\\]', '# a *b* _c_ [d]'],
    ['snake_case_name and __bold__', 'snake_case_name and **bold**'],
    ['[words](http://a.example "t") ![picture](p.png)end', 'words end'],
    ['a&nbsp;b &mdash; &#1071;&#x42f; &unknown; &#xd800;', 'a\u00a0b — ЯЯ &unknown; &#xd800;'],
    ['one<br>two <!-- note -->three', 'one\ntwo three'],
  ])('says with %s no more than its words', (text, words) => {
    expect(wordsOfMarkdown(text)).toBe(words)
  })

  it.each(['<!--', '[', '![a](', '_a', '\\', '*_', '> '])(
    'reads five million signs of %j without holding anything up',
    async (sign) => {
      const before = performance.now()
      await markdown(sign.repeat(5_000_000 / sign.length))
      expect(performance.now() - before).toBeLessThan(5000)
    }
  )
})

describe('a plain text', () => {
  it('has a paragraph on each line, or between empty lines and indents where it is wrapped', async () => {
    expect(await plain('One.\nTwo.\n\n> mine\n***\nThree.')).toEqual(['One.', 'Two.', '> mine', '***', 'Three.'])
    const text = `     ${LINE}\n${LINE}\nshort end.\n     ${LINE}\n${LINE}\n\n${LINE}`
    expect(await plain(text)).toEqual([`${LINE} ${LINE} short end.`, `${LINE} ${LINE}`, LINE])
  })

  it('has its chapters where lines say so, also right above the text', async () => {
    const text = `Глава 1\n${LINE}\n${LINE}\nГлава вторая. Туман\n${LINE}\n${LINE}`
    expect(chapters(await sliced(readPlain(text)))).toEqual([
      null,
      ['Глава 1', `${LINE} ${LINE}`],
      ['Глава вторая. Туман', `${LINE} ${LINE}`],
    ])
  })

  it('has them where lines are numbers in their order, or stand apart', async () => {
    expect(chapters(await sliced(readPlain('I\n\nDark.\n\nII.\n\nLight.')))).toEqual([
      null,
      ['I', 'Dark.'],
      ['II.', 'Light.'],
    ])
    expect(chapters(await sliced(readPlain('The Fog\n\n\nArrival\n\nDark.\n\n\nThe lamp\n\nLight.')))).toEqual([
      'The Fog',
      ['Arrival', 'Dark.'],
      ['The lamp', 'Light.'],
    ])
    expect(chapters(await sliced(readPlain('In 1984\n\n1984\n\nIt was.')))).toEqual([
      'In 1984',
      ['', '1984', 'It was.'],
    ])
  })
})

describe('the line of a chapter', () => {
  it.each([
    'Chapter 7',
    'CHAPTER XII',
    'Chapter Twenty-One: The Fog',
    'Part the First',
    'Глава 3. Туман',
    'ГЛАВА ДВАДЦАТЬ ПЕРВАЯ',
    'Часть II',
    'Глава 4 Туман',
    'Пролог',
    '**Эпилог**',
    'Prologue: before',
  ])('is %s', (line) => {
    expect(isChapterLine(line)).toBe(true)
  })
  it.each([
    'Part one of the plan failed.',
    'Chapter and verse',
    'Глава города умер.',
    'Часть людей ушла',
    'Часть моя была мала',
    'Introduction went well',
    `Chapter 1. ${'word '.repeat(30)}`,
  ])('is not %s', (line) => {
    expect(isChapterLine(line)).toBe(false)
  })
  it('may be a number', () => {
    expect(['3', 'IV.', 'xiv', '**XLIV**', 'Chapter', '1.5.'].map(lineNumber)).toEqual([3, 4, null, 44, null, null])
  })
})

describe('chapters by headings', () => {
  const find = async (text: string) => chapters(await sliced(readMarkdown(text)))
  it('stand under a title, or are the highest headings', async () => {
    expect(await find('# Fog\n\n## One\n\nDark.\n\n### deeper\n\nLight.')).toEqual([
      'Fog',
      ['One', 'Dark.', '**deeper**', 'Light.'],
    ])
    expect(await find('# One\n\nDark.\n\n# Two\n\nLight.')).toEqual([null, ['One', 'Dark.'], ['Two', 'Light.']])
    expect(await find('# Chapter 1\n\nDark.')).toEqual([null, ['Chapter 1', 'Dark.']])
  })
  it('are named with the part that begins with them, and what stands before them is kept', async () => {
    expect(await find('# Part I.\n\n## One\n\nDark.\n\n## Two\n\nLight.\n\n# Part II\n\n## Three\n\nEnd.')).toEqual([
      null,
      ['Part I. One', 'Dark.'],
      ['Two', 'Light.'],
      ['Part II. Three', 'End.'],
    ])
    expect(await find('For Anna.\n\n# One\n\nDark.\n\n# Left over')).toEqual([
      null,
      ['', 'For Anna.'],
      ['One', 'Dark.', '**Left over**'],
    ])
  })
})

describe('a document of Word', () => {
  const space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="x"'
  const styles = `<w:styles ${space}>
    <w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
    <w:style w:styleId="Own"><w:name w:val="Глава моя"/><w:basedOn w:val="Base"/></w:style>
    <w:style w:styleId="Base"><w:name w:val="Base"/><w:basedOn w:val="Own"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
    <w:style w:styleId="Loud"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
    <w:style w:styleId="Q"><w:name w:val="Quote"/></w:style></w:styles>`
  const document = (body: string) => `<w:document ${space}><w:body>${body}</w:body></w:document>`
  const file = (path: string, text: string) => ({ path, bytes: Buffer.from(text) })
  const packed = (body: string) =>
    writeArchive([
      file('[Content_Types].xml', '<Types/>'),
      file(
        '_rels/.rels',
        '<Relationships><Relationship Id="r" Type="http://x/officeDocument" Target="/word/document2.xml"/></Relationships>'
      ),
      file('word/styles.xml', styles),
      file(
        'word/footnotes.xml',
        `<w:footnotes ${space}><w:footnote w:id="2">${p(r('a') + r(' note'))}</w:footnote></w:footnotes>`
      ),
      file('word/document2.xml', body),
    ])
  const read = async (body: string) => told(await readDocx(await packed(document(body)), new AbortController().signal))
  const p = (inner: string, style?: string) =>
    `<w:p>${style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/><w:rPr><w:b/></w:rPr></w:pPr>`}${inner}</w:p>`
  const r = (text: string, look = '') => `<w:r><w:rPr>${look}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`

  it('is read with headings by any name, emphasis, quotations and breaks, and without what was deleted or drawn', async () => {
    const body = [
      p(r('Arrival', '<w:b/>'), '1'),
      p(r('Deeper'), 'Own'),
      p(r('I knock &amp; wait.', '<w:i/>'), 'Q'),
      p(
        r('Nobody ') +
          r('ever ', '<w:i/>') +
          r('came', '<w:i/>') +
          r(' to ', '<w:b w:val="0"/>') +
          r('me', '<w:rStyle w:val="Loud"/>')
      ),
      p(
        `<w:del>${r('gone')}</w:del><w:ins>${r('new')}</w:ins><w:r><w:br/><w:t>line</w:t><w:br w:type="page"/><w:drawing><w:p>${r('drawn')}</w:p></w:drawing></w:r>`
      ),
      p(''),
      p(r('***')),
      p(r('Noted') + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r('.')),
      `<w:tbl><w:tr><w:tc>${p(r('cell'))}</w:tc></w:tr></w:tbl>`,
    ].join('')
    expect(await read(body)).toEqual([
      '1 Arrival',
      '2 Deeper',
      '> *I knock &amp; wait.*'.replace('&amp;', '&'),
      'Nobody *ever came* to **me**',
      'new',
      'line',
      '***',
      'Noted [a note].',
      'cell',
    ])
  })

  it('is known by what is in it, and refused where it is damaged or made to do harm', async () => {
    expect(isDocx(await packed(document('')))).toBe(true)
    expect(isDocx(await writeArchive([file('card.json', '{}')]))).toBe(false)
    const refused = async (body: string) => readDocx(await packed(body), new AbortController().signal)
    await expect(refused('<w:document>')).rejects.toMatchObject({ code: 'file_damaged' })
    await expect(refused('<a>'.repeat(5000))).rejects.toMatchObject({ code: 'file_damaged' })
    await expect(refused(`<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`)).rejects.toMatchObject({ code: 'file_damaged' })
    await expect(refused(`<a>${' '.repeat(5_000_000)}</a>`)).rejects.toMatchObject({ code: 'archive_unsafe' })
    const empty = await writeArchive([file('[Content_Types].xml', ''), file('word/x.xml', '')])
    await expect(readDocx(empty, new AbortController().signal)).rejects.toMatchObject({ code: 'file_damaged' })
  })
})

import { SaxesParser } from 'saxes'
import { expect, it } from 'vitest'
import { readArchive, writeArchive, type NewArchivedFile } from '@main/formats/archive'
import { writeDocx } from '@main/formats/write-docx'
import { writeEpub, type ProseBook } from '@main/formats/write-epub'
import type { ProsePart } from '@main/formats/prose'
import { sliced } from '@main/platform/sliced'

const parts: ProsePart[] = [
  { kind: 'chapter', name: 'Arrival & “co”' },
  { kind: 'line', text: 'I knock <hard>.' },
  { kind: 'passage', text: 'Nobody *ever* came.\n\n***\n\n**Then** it \u0001went\ud800 out.' },
  { kind: 'chapter', name: 'Fog' },
]
const book = (more: Partial<ProseBook> = {}): ProseBook => ({
  title: 'The <Fog>',
  language: 'ru',
  identifier: 'fabula:1:shown:whole',
  modifiedAt: '2026-01-02T03:04:05.678Z',
  parts,
  ...more,
})

const texts = (files: readonly NewArchivedFile[]) => new Map(files.map(({ path, bytes }) => [path, bytes.toString()]))

/** Throws where it is not well-formed. */
const expectXml = (text: string) => {
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(text).close()
}

it('writes an EPUB with a page for each chapter, which readers know by its first bytes', async () => {
  const files = await sliced(writeEpub(book()))
  const bytes = await writeArchive(files)
  expect(bytes.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04')
  // No packing, no extra field: what is behind the name is the type itself.
  expect([bytes.readUInt16LE(8), bytes.readUInt16LE(28)]).toEqual([0, 0])
  expect(bytes.subarray(30, 58).toString()).toBe('mimetypeapplication/epub+zip')
  const read = texts(await readArchive(bytes))
  expect([...read.keys()]).toEqual([
    'mimetype',
    'META-INF/container.xml',
    'book/book.opf',
    'book/contents.xhtml',
    'book/style.css',
    'book/title.xhtml',
    'book/chapter-1.xhtml',
    'book/chapter-2.xhtml',
  ])
  for (const [path, text] of read) if (/\.(xml|opf|xhtml)$/.test(path)) expectXml(text)
  const opf = read.get('book/book.opf') ?? ''
  expect(opf).toContain('<dc:title>The &lt;Fog&gt;</dc:title>')
  expect(opf).toContain('<dc:identifier id="id">fabula:1:shown:whole</dc:identifier>')
  expect(opf).toContain('<meta property="dcterms:modified">2026-01-02T03:04:05Z</meta>')
  expect(opf.match(/<itemref/g)).toHaveLength(3)
  expect(read.get('book/contents.xhtml')).toContain('<a href="chapter-1.xhtml">Arrival &amp; “co”</a>')
  expect(read.get('book/chapter-1.xhtml')).toContain(
    '<h1>Arrival &amp; “co”</h1>\n<blockquote>\n<p>I knock &lt;hard&gt;.</p>\n</blockquote>\n<p>Nobody <em>ever</em> came.</p>\n<hr/>\n<p><strong>Then</strong> it went out.</p>'
  )
})

it('writes an EPUB of a story without chapters as one page behind that of the title', async () => {
  const read = texts(await sliced(writeEpub(book({ parts: [{ kind: 'passage', text: 'Dark.' }] }))))
  expect(read.get('book/chapter-1.xhtml')).toContain('<body>\n<p>Dark.</p>\n</body>')
  const empty = texts(await sliced(writeEpub(book({ parts: [] }))))
  expect(empty.get('book/book.opf')).toContain('<itemref idref="title"/>')
})

it('writes a document of Word with headings, quotations, emphasis and scene breaks', async () => {
  const read = texts(await readArchive(await writeArchive(await sliced(writeDocx(book())))))
  expect([...read.keys()]).toEqual([
    '[Content_Types].xml',
    '_rels/.rels',
    'docProps/core.xml',
    'word/document.xml',
    'word/styles.xml',
    'word/_rels/document.xml.rels',
  ])
  for (const text of read.values()) expectXml(text)
  const words = read.get('word/document.xml') ?? ''
  const paragraph = (style: string, runs: string) => `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${runs}</w:p>`
  const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`
  expect(words).toContain(paragraph('Title', run('The &lt;Fog&gt;')))
  expect(words).toContain(paragraph('Heading1', run('Arrival &amp; “co”')))
  expect(words).toContain(paragraph('Quote', run('I knock &lt;hard&gt;.')))
  expect(words).toContain(paragraph('SceneBreak', run('* * *')))
  expect(words).toContain('<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">ever</w:t></w:r>')
  expect(words).toContain('<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Then</w:t></w:r>')
  expect(words).toContain(run(' it went out.'))
  expect(read.get('word/styles.xml')).toContain('<w:lang w:val="ru-RU"/>')
  // Each style that is used is there.
  const known = [...(read.get('word/styles.xml') ?? '').matchAll(/w:styleId="(\w+)"/g)].map(([, id]) => id)
  for (const [, id] of words.matchAll(/w:pStyle w:val="(\w+)"/g)) expect(known).toContain(id)
})

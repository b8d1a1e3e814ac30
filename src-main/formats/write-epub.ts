import { splitBlocks, splitRuns, type Run } from '@contract/prose'
import type { Language } from '@contract/values'
import type { NewArchivedFile } from './archive'
import type { ProsePart, ProseStory } from './prose'
import { XML_HEAD, xmlText } from './xml'

/** A story as a book with an identity of its own. */
export interface ProseBook extends ProseStory {
  /** The same for the same text at any time. */
  identifier: string
  /** ISO-8601. */
  modifiedAt: string
}

/** A page of the book: what stands between the tags of its body. */
interface Page {
  path: string
  name: string
  pieces: string[]
}

const contents: Record<Language, string> = { en: 'Contents', ru: 'Содержание' }

const STYLE =
  'body{line-height:1.5}h1{margin:3em 0 2em;text-align:center;font-weight:normal}p{margin:0;text-indent:1.5em}h1+p,hr+p{text-indent:0}blockquote{margin:1em 0 1em 1.5em;font-style:italic}hr{width:4em;margin:2em auto;border:0;border-top:1px solid}\n'

/**
 * The files of an EPUB 3.3, in the order in which they go into the archive: a page with the title, and one for each chapter.
 * It yields between the parts of the story.
 */
export function* writeEpub(book: ProseBook): Generator<undefined, NewArchivedFile[]> {
  const { title, language, parts } = book
  const titlePage: Page = { path: 'title.xhtml', name: title, pieces: [`<h1>${xmlText(title)}</h1>\n`] }
  const pages = [titlePage]
  let page: Page | null = null
  for (const part of parts) {
    if (part.kind === 'chapter' || page === null) {
      page = { path: `chapter-${pages.length}.xhtml`, name: part.kind === 'chapter' ? part.name : title, pieces: [] }
      pages.push(page)
    }
    page.pieces.push(xhtmlOf(part))
    yield
  }
  const file = (path: string, text: string): NewArchivedFile => ({ path, bytes: Buffer.from(text) })
  return [
    // Readers know the file by its first bytes.
    { ...file('mimetype', 'application/epub+zip'), isStored: true },
    file('META-INF/container.xml', CONTAINER),
    file('book/book.opf', packageOf(book, pages)),
    file('book/contents.xhtml', contentsOf(pages, language)),
    file('book/style.css', STYLE),
    ...pages.map(({ path, name, pieces }) => file(`book/${path}`, pageOf(name, language, pieces.join('')))),
  ]
}

const CONTAINER = `${XML_HEAD}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`

function packageOf({ title, language, identifier, modifiedAt }: ProseBook, pages: readonly Page[]): string {
  const idOf = ({ path }: Page) => path.replace('.xhtml', '')
  return `${XML_HEAD}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="${language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">${xmlText(identifier)}</dc:identifier>
<dc:title>${xmlText(title)}</dc:title>
<dc:language>${language}</dc:language>
<meta property="dcterms:modified">${modifiedAt.replace(/\.\d+Z$/, 'Z')}</meta>
</metadata>
<manifest>
<item id="contents" href="contents.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
${pages.map((page) => `<item id="${idOf(page)}" href="${page.path}" media-type="application/xhtml+xml"/>`).join('\n')}
</manifest>
<spine>
${pages.map((page) => `<itemref idref="${idOf(page)}"/>`).join('\n')}
</spine>
</package>
`
}

function contentsOf(pages: readonly Page[], language: Language): string {
  const lines = pages.map(({ path, name }) => `<li><a href="${path}">${xmlText(name)}</a></li>`)
  return pageOf(
    contents[language],
    language,
    `<nav epub:type="toc">\n<h1>${contents[language]}</h1>\n<ol>\n${lines.join('\n')}\n</ol>\n</nav>\n`
  )
}

const pageOf = (name: string, language: Language, body: string): string =>
  `${XML_HEAD}<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="${language}" xml:lang="${language}">
<head>
<title>${xmlText(name)}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
${body}</body>
</html>
`

function xhtmlOf(part: ProsePart): string {
  if (part.kind === 'chapter') return `<h1>${xmlText(part.name)}</h1>\n`
  const lines = splitBlocks(part.text).map((block) =>
    block.kind === 'break' ? '<hr/>\n' : `<p>${splitRuns(block.text).map(runOf).join('')}</p>\n`
  )
  if (lines.length === 0) return ''
  return part.kind === 'line' ? `<blockquote>\n${lines.join('')}</blockquote>\n` : lines.join('')
}

function runOf({ text, bold, italic }: Run): string {
  const inner = italic ? `<em>${xmlText(text)}</em>` : xmlText(text)
  return bold ? `<strong>${inner}</strong>` : inner
}

import { splitBlocks, splitRuns, type Run } from '@contract/prose'
import type { Language } from '@contract/values'
import type { NewArchivedFile } from './archive'
import type { ProseBook } from './write-epub'
import type { ProsePart } from './prose'
import { XML_HEAD, xmlText } from './xml'

const SPACE = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

/** Styles by the names that every Word knows, so that its list of chapters and its own looks work. */
const TITLE = 'Title'
const CHAPTER = 'Heading1'
const LINE = 'Quote'
const BREAK = 'SceneBreak'

/**
 * The files of a document of Word (ECMA-376, transitional): the title, each chapter under a heading of the first level, lines
 * of the writer as quotations. It yields between the parts of the story.
 */
export function* writeDocx(book: ProseBook): Generator<undefined, NewArchivedFile[]> {
  const { title, language, parts, modifiedAt } = book
  const pieces = [paragraph(TITLE, [{ text: title, bold: false, italic: false }])]
  for (const part of parts) {
    pieces.push(partOf(part))
    yield
  }
  const file = (path: string, text: string): NewArchivedFile => ({ path, bytes: Buffer.from(`${XML_HEAD}${text}\n`) })
  return [
    file('[Content_Types].xml', TYPES),
    file('_rels/.rels', RELATIONS_OF_ALL),
    file('docProps/core.xml', coreOf(book, modifiedAt)),
    file(
      'word/document.xml',
      `<w:document xmlns:w="${SPACE}"><w:body>\n${pieces.join('')}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr></w:body></w:document>`
    ),
    file('word/styles.xml', stylesOf(language)),
    file(
      'word/_rels/document.xml.rels',
      `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`
    ),
  ]
}

function partOf(part: ProsePart): string {
  if (part.kind === 'chapter') return paragraph(CHAPTER, [{ text: part.name, bold: false, italic: false }])
  const style = part.kind === 'line' ? LINE : null
  return splitBlocks(part.text)
    .map((block) =>
      block.kind === 'break'
        ? paragraph(BREAK, [{ text: '* * *', bold: false, italic: false }])
        : paragraph(style, splitRuns(block.text))
    )
    .join('')
}

const paragraph = (style: string | null, runs: readonly Run[]): string =>
  `<w:p>${style === null ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}${runs.map(runOf).join('')}</w:p>\n`

function runOf({ text, bold, italic }: Run): string {
  const look = `${bold ? '<w:b/>' : ''}${italic ? '<w:i/>' : ''}`
  return `<w:r>${look === '' ? '' : `<w:rPr>${look}</w:rPr>`}<w:t xml:space="preserve">${xmlText(text)}</w:t></w:r>`
}

const TYPES = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="${WORD}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="${WORD}.styles+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>`

const RELATIONS_OF_ALL = `<Relationships xmlns="${RELATIONS}">
<Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/>
<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>`

const coreOf = ({ title, language, identifier }: ProseBook, modifiedAt: string): string =>
  `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<dc:title>${xmlText(title)}</dc:title>
<dc:identifier>${xmlText(identifier)}</dc:identifier>
<dc:language>${language}</dc:language>
<dcterms:modified xsi:type="dcterms:W3CDTF">${modifiedAt}</dcterms:modified>
</cp:coreProperties>`

const locales: Record<Language, string> = { en: 'en-US', ru: 'ru-RU' }

/** Sizes are in half points; distances in twentieths of a point. */
const stylesOf = (language: Language): string => `<w:styles xmlns:w="${SPACE}">
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="${locales[language]}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="360" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="paragraph" w:styleId="${TITLE}"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="2400" w:after="480"/><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="48"/><w:szCs w:val="48"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="${CHAPTER}"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:pageBreakBefore/><w:spacing w:before="480" w:after="240"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="${LINE}"><w:name w:val="Quote"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:ind w:left="720"/></w:pPr><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="${BREAK}"><w:name w:val="Scene Break"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="240" w:after="240"/><w:jc w:val="center"/></w:pPr></w:style>
</w:styles>`

import { posix } from 'node:path'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { FabulaError, FileError } from '@contract/errors'
import { sliced } from '@main/platform/sliced'
import { readArchive, type ArchivedFile } from './archive'
import { createDocumentReader } from './docx-paragraphs'
import { createNotes } from './docx-notes'
import { createStyles } from './docx-styles'
import type { TextBlock } from './text-block'

/** Characters of XML that are read at a time: about a millisecond. */
const PART = 16_384
/** Tags in one another: Word itself has some thirty. */
const DEEPEST = 500

const DOCUMENT = 'word/document.xml'

/**
 * Reads a document of Word: its paragraphs and headings, bold and italics, and notes in brackets; what is drawn and comments are not read.
 * Between parts of it others can work. Throws `file_damaged` and `archive_unsafe`.
 */
export async function readDocx(bytes: Buffer, signal: AbortSignal): Promise<TextBlock[]> {
  const files = await readArchive(bytes, undefined, (path) => path.endsWith('.xml') || path.endsWith('.rels'))
  const main = mainOf(files)
  const document = files.find(({ path }) => path === main)
  if (!document) throw damaged('there is no text in it')
  const beside = (name: string) => files.find(({ path }) => path === posix.join(posix.dirname(main), name))
  const styles = createStyles()
  const sheet = beside('styles.xml')
  if (sheet) await sliced(parsed(sheet, { open: styles.open, text: ignore, close: ignore }), signal)
  const notes = createNotes()
  for (const name of ['footnotes.xml', 'endnotes.xml']) {
    const file = beside(name)
    if (file) await sliced(parsed(file, notes), signal)
  }
  const reader = createDocumentReader(styles.byId(), notes.textOf)
  await sliced(parsed(document, reader), signal)
  return reader.blocks
}

const ignore = () => undefined

/** The document names its main file in a list that is always at the same place. */
function mainOf(files: readonly ArchivedFile[]): string {
  const list = files.find(({ path }) => path === '_rels/.rels')?.bytes.toString('utf8') ?? ''
  const relation = /<Relationship\b[^>]{0,1000}\/officeDocument"[^>]{0,1000}>/.exec(list)?.[0] ?? ''
  const target = /\bTarget="([^"]{1,300})"/.exec(relation)?.[1]
  return target === undefined ? DOCUMENT : posix.join('/', target).slice(1)
}

/** Goes through the tags of a file. It yields between its parts. */
function* parsed(
  { path, bytes }: ArchivedFile,
  on: { open(tag: SaxesTagPlain): void; text(text: string): void; close(tag: SaxesTagPlain): void }
): Generator<undefined, void> {
  const parser = new SaxesParser()
  let depth = 0
  parser.on('opentag', (tag) => {
    depth += 1
    if (depth > DEEPEST) throw damaged(`${path} is nested more than ${DEEPEST} levels deep`)
    on.open(tag)
  })
  parser.on('text', on.text)
  parser.on('closetag', (tag) => {
    depth -= 1
    on.close(tag)
  })
  parser.on('error', (error) => {
    throw damaged(`${path}: ${error.message}`, error)
  })
  const text = new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-8').decode(bytes)
  for (let at = 0; at < text.length; at += PART) {
    parser.write(text.slice(at, at + PART))
    yield
  }
  parser.close()
}

const damaged = (reason: string, cause?: unknown): FabulaError =>
  new FabulaError(FileError.Damaged, `The document cannot be read: ${reason}`, { details: { reason }, cause })

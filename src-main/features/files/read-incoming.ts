import { decodeText } from '@contract/decode-text'
import { FabulaError, FileError } from '@contract/errors'
import { LARGEST_TEXT, OTHER_DOCUMENT, type ImportFile } from '@contract/routes/files'
import type { UploadFolder } from '@main/data/upload-folder'
import { isDocx } from '@main/formats/archive'
import { isCardFile, readCardFile, readCardJson } from '@main/formats/card-file'
import { isChat, readChat } from '@main/formats/chat'
import { readLorebookFile } from '@main/formats/lorebook'
import { refuseTooLarge } from '@main/formats/read-json'
import { readMarkdown } from '@main/formats/read-markdown'
import { readPlain } from '@main/formats/read-plain'
import type { Redactor } from '@main/platform/redact'
import { readFile, type ReadSettings } from './read-file'
import { readStoryFile, type StoryFile } from './story-file'
import { sliced } from '@main/platform/sliced'
import { textFile, type TextFile } from './text-file'
import { isTemplateText } from './template-from-text'
import { cardFile, chatFile, loreFile, type WorldFile } from './world-files'

/** A file as it is understood: settings, or what belongs to worlds and stories. */
export type Incoming =
  | { of: 'settings'; read: ReadSettings }
  | { of: 'worlds'; file: WorldFile }
  | { of: 'story'; file: StoryFile }
  | { of: 'text'; file: TextFile }

interface Ports {
  uploads: UploadFolder
  redactor: Redactor
  signal: AbortSignal
}

/**
 * Tells what a file is, whichever way it came, and checks its form. Throws what `readFile`, `readCardFile` and `readChat`
 * throw, and `not_found` for a file that was dropped.
 */
export async function readIncoming({ uploads, redactor, signal }: Ports, file: ImportFile): Promise<Incoming> {
  const { fileName } = file
  if (OTHER_DOCUMENT.test(fileName))
    throw new FabulaError(FileError.NotFabula, `${fileName} is a document of another program`)
  if ('text' in file) refuseTooLarge([file.text])
  const bytes = 'uploadId' in file ? await uploads.read(file.uploadId) : null
  if (bytes && isDocx(bytes)) {
    // Few have one, and the parser takes its time to load.
    const { readDocx } = await import('@main/formats/read-docx')
    return { of: 'text', file: textFile(await readDocx(bytes, signal), fileName) }
  }
  if (bytes && isCardFile(bytes)) return worlds(cardFile(await readCardFile(bytes), redactor))
  const text = 'text' in file ? file.text : textOf(bytes, fileName)
  if (isChat(text)) return worlds(chatFile(await sliced(readChat(text), signal), fileName, redactor))
  if (isTemplateText(fileName, text)) {
    refuseTooLarge([text])
    return { of: 'settings', read: { format: 'jinja', text } }
  }
  if (TEXT.test(fileName) && !/^\ufeff?\s{0,100}\{/.test(text)) {
    refuseTooLarge([text], LARGEST_TEXT)
    const blocks = await sliced(MARKDOWN.test(fileName) ? readMarkdown(text) : readPlain(text), signal)
    return { of: 'text', file: textFile(blocks, fileName) }
  }
  const read = readFile(text)
  if (read.format === 'character') return worlds(cardFile(readCardJson(read.json), redactor))
  if (read.format === 'lorebook') return worlds(loreFile(readLorebookFile(read.json), fileName, redactor))
  if (read.format === 'story') return { of: 'story', file: readStoryFile(read.json) }
  return { of: 'settings', read }
}

const worlds = (file: WorldFile): Incoming => ({ of: 'worlds', file })

/** Texts of these names are stories, unless they are JSON. */
const TEXT = /\.(txt|text|md|markdown|mdown)$/i
const MARKDOWN = /\.(md|markdown|mdown)$/i

/** Texts that come as bytes are UTF-8, with or without a mark at their beginning; stories may be older. */
function textOf(bytes: Buffer | null, fileName: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes ?? undefined)
  } catch (error) {
    const decoded = bytes && TEXT.test(fileName) ? decodeText(bytes) : null
    if (decoded) return decoded.text
    throw new FabulaError(FileError.NotJson, 'The file is no text', { cause: error })
  }
}

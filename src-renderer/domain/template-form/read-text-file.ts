import { LONGEST_INPUT, type FileInput } from '@contract/entities/template'
import { decodeText } from '@contract/decode-text'

/** What a file dialog offers first; any other file can be chosen, too. */
export const TEXT_FILES = '.txt,.md,.markdown,.json,.jsonl,.csv,.tsv,.html,.log,.yaml,.yml,text/*'

/** Bytes of the longest text that is taken, in the widest encoding. */
const MOST_BYTES = LONGEST_INPUT * 4

export type ReadTextFile = { file: FileInput } | { trouble: 'not_text' | 'too_long' | 'unreadable' }

/** The text of a file in any of the encodings that `decodeText` knows. */
export async function readTextFile(file: File): Promise<ReadTextFile> {
  if (file.size > MOST_BYTES) return { trouble: 'too_long' }
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(await file.arrayBuffer())
  } catch {
    return { trouble: 'unreadable' }
  }
  const decoded = decodeText(bytes)
  // No text has a zero in it; pictures and archives do.
  if (!decoded || decoded.text.includes('\0')) return { trouble: 'not_text' }
  if (decoded.text.length > LONGEST_INPUT) return { trouble: 'too_long' }
  return { file: { name: file.name.slice(-300), text: decoded.text } }
}

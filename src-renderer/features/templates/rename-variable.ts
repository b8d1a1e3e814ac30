/** Where a tag begins, and all of it. */
const TAG = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g

/**
 * A text with a variable of another name. Only names in tags count, and neither words in quotes nor what stands behind a dot
 * or a pipe.
 */
export function renameIn(text: string, from: string, to: string): string {
  const name = new RegExp(`("(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*')|(?<![\\w.])${from}(?!\\w)(?!\\s*=[^=])`, 'g')
  return text.replace(TAG, (tag) =>
    tag.replace(name, (found: string, quoted: string | undefined, at: number) =>
      quoted !== undefined || /\|\s*$/.test(tag.slice(0, at)) ? found : to
    )
  )
}

/** What Fabula imports, as a file dialog filters it. */
export const IMPORT_FILES =
  '.json,.settings,.preset,.png,.charx,.jsonl,.jinja,.jinja2,.j2,.txt,.text,.md,.markdown,.docx,application/json,image/png,text/plain'

/** Gives the user a text as a file, in UTF-8: the browser's download, or Electron's save dialog. */
export function downloadText(fileName: string, text: string, mimeType = 'application/json'): void {
  download(fileName, new Blob([text], { type: `${mimeType};charset=utf-8` }))
}

/** The same for a text that comes in parts: `next` of one is what the next one is asked for by, and null the end. */
export async function downloadParts<Next>(
  part: (after: Next | undefined) => Promise<{ fileName: string; text: string; next: Next | null }>,
  mimeType: string
): Promise<void> {
  const texts: Blob[] = []
  for (let after: Next | undefined; ;) {
    const { fileName, text, next } = await part(after)
    // The browser keeps them on the disk where they are many.
    texts.push(new Blob([text]))
    if (next === null) return download(fileName, new Blob(texts, { type: `${mimeType};charset=utf-8` }))
    after = next
  }
}

/** The same for what is no text. */
export function downloadBytes(fileName: string, bytes: Uint8Array<ArrayBuffer>, mimeType: string): void {
  download(fileName, new Blob([bytes], { type: mimeType }))
}

export const bytesOfBase64 = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (sign) => sign.codePointAt(0) ?? 0)

function download(fileName: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  document.body.append(link)
  link.click()
  link.remove()
  // The download reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/**
 * Asks the user for one or several files; none when they changed their mind.
 * `accept` is a list as in HTML: `.json,application/json`.
 */
export function pickFiles(accept: string): Promise<readonly File[]> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  input.multiple = true
  input.hidden = true
  document.body.append(input)
  return new Promise<readonly File[]>((resolve) => {
    input.addEventListener('cancel', () => resolve([]))
    input.addEventListener('change', () => resolve([...(input.files ?? [])]))
    input.click()
  }).finally(() => input.remove())
}

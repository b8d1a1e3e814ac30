import type { MessageId, StoryId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { bytesOfBase64, downloadBytes, downloadText } from '@renderer/components/text-files'

const texts = { markdown: 'text/markdown', html: 'text/html', text: 'text/plain' } as const
const books = {
  epub: 'application/epub+zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const

export const textForms = ['markdown', 'html', 'epub', 'docx', 'text'] as const
export type TextForm = (typeof textForms)[number]

/** Gives the user the text of a story, of one of its branches, or of a chapter. */
export async function exportText(asked: {
  storyId: StoryId
  form: TextForm
  /** Its last passage; null for the branch that is shown. */
  branch: MessageId | null
  /** From 0; null for all of them. */
  chapter: number | null
}): Promise<void> {
  const { storyId, form, branch, chapter } = asked
  const wanted = { storyId, ...(branch === null ? {} : { branch }), ...(chapter === null ? {} : { chapter }) }
  if (form === 'epub' || form === 'docx') {
    const { fileName, data } = await request('files.exportBook', { ...wanted, form })
    downloadBytes(fileName, bytesOfBase64(data), books[form])
  } else {
    const { fileName, text } = await request('files.exportText', { ...wanted, form })
    downloadText(fileName, text, texts[form])
  }
}

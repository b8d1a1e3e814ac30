import type { DemoRequest } from './demo-request'

/** What a model is told of the form of its answer (src-main/generation/instructions.ts), to the end of its message. */
const TOLD = /Answer with nothing but (JSON|a CSV table):[^]*$/

/** The form of an answer that is told in words. */
export interface ToldForm {
  kind: 'json' | 'table'
  words: string
  /** Without these words, which are English whatever the writer speaks, and without what was said of earlier answers. */
  request: DemoRequest
}

export function toldForm(request: DemoRequest): ToldForm | null {
  const at = request.messages.findLastIndex(({ role, content }) => role !== 'assistant' && TOLD.test(content))
  const [words, what] = TOLD.exec(request.messages[at]?.content ?? '') ?? []
  if (words === undefined) return null
  const messages = request.messages
    .slice(0, at + 1)
    .map((message) => ({ ...message, content: message.content.replace(TOLD, '').trim() }))
    .filter(({ content }) => content !== '')
  return { kind: what === 'JSON' ? 'json' : 'table', words, request: { ...request, messages } }
}

import type { FinishReason, Usage } from '@main/providers/spec/chat'
import {
  createChunks,
  finishReasons,
  wireUsage,
  type AnswerHead,
  type AnswerRecord,
  type ChunkWriter,
} from './answer-shape'

const OBJECT = 'text_completion'

/** The chunks of a text that is gone on with. It has no place for what a model thinks, nor for tool calls. */
export function createCompletionWriter(head: AnswerHead, includeUsage: boolean): ChunkWriter {
  const chunks = createChunks(OBJECT, head, includeUsage)
  const chunk = (text: string, finish: string | null = null) =>
    chunks.chunk({ index: 0, text, logprobs: null, finish_reason: finish })
  /** For a provider that counts nothing itself. */
  let written = ''
  return {
    begin: () => '',
    write: (event) => {
      switch (event.type) {
        case 'text':
          written += event.text
          return chunk(event.text)
        case 'end':
          return chunk('', finishReasons[event.reason]) + chunks.end(event.usage, written)
        case 'reasoning':
        case 'toolCall':
          return ''
      }
    },
  }
}

/** What was gone on with, as a whole. */
export function createCompletionRecord(head: AnswerHead): AnswerRecord {
  const { id, created, model } = head
  let text = ''
  let end: { reason: FinishReason; usage: Usage } | null = null
  return {
    begin: () => {
      text = ''
      end = null
    },
    add: (event) => {
      if (event.type === 'text') text += event.text
      if (event.type === 'end') end = event
    },
    usage: () => end?.usage ?? null,
    body: () => {
      const finish = finishReasons[end?.reason ?? 'stop']
      return {
        id,
        object: OBJECT,
        created,
        model,
        choices: [{ index: 0, text, logprobs: null, finish_reason: finish }],
        ...(end ? { usage: wireUsage(end.usage, head, text) } : {}),
      }
    },
  }
}

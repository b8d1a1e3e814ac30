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
  return {
    begin: () => '',
    write: (event) => {
      switch (event.type) {
        case 'text':
          return chunk(event.text)
        case 'end':
          return chunk('', finishReasons[event.reason]) + chunks.end(event.usage)
        case 'reasoning':
        case 'toolCall':
          return ''
      }
    },
  }
}

/** What was gone on with, as a whole. */
export function createCompletionRecord({ id, created, model }: AnswerHead): AnswerRecord {
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
      const usage = end && wireUsage(end.usage)
      const finish = finishReasons[end?.reason ?? 'stop']
      return {
        id,
        object: OBJECT,
        created,
        model,
        choices: [{ index: 0, text, logprobs: null, finish_reason: finish }],
        ...(usage ? { usage } : {}),
      }
    },
  }
}

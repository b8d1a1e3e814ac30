import type { Timeouts } from '@contract/entities/model-config'
import type { ProtocolId } from '@test/helpers/speech'
import type { Answer } from './fault-answers'
import type { Consequence } from './fault-consequences'

/** One row: what a server does, and what must be made of it. */
export interface Fault {
  name: string
  /** `refused`, `unknown-host` and `untrusted` never get so far as to answer. */
  answer: Answer | 'refused' | 'unknown-host' | 'untrusted'
  must: Consequence
  /** The protocols it can happen in; all of them unless said. */
  only?: readonly ProtocolId[]
  timeouts?: Timeouts
}

export const row = (name: string, answer: Fault['answer'], must: Consequence, more: Partial<Fault> = {}): Fault => ({
  name,
  answer,
  must,
  ...more,
})

/** Rows of some protocols alone: those that speak like OpenAI, and those whose errors have a word. */
export const openAi = { only: ['openai-chat'] } as const
export const worded = { only: ['openai-chat', 'anthropic'] } as const

/** What a server does instead of going on. */
export const stay = { do: 'stay' } as const
export const reset = { do: 'reset' } as const
export const hangUp = { do: 'hang-up' } as const

import type { TurnStep } from '@contract/entities/turn'
import { RoleId } from '@contract/ids'

/** A step of the Writer that came to its end, and of which nothing is known but what is said. */
export const madeStep = (more: Partial<TurnStep> = {}): TurnStep => ({
  position: 0,
  role: RoleId.parse('main'),
  state: 'complete',
  provider: 'P',
  model: 'm',
  server: null,
  tokenName: null,
  attempts: 1,
  messages: [],
  parts: [],
  window: null,
  settings: [],
  parameters: {},
  responseSchema: null,
  dropped: [],
  answer: '',
  reasoning: '',
  inputTokens: null,
  outputTokens: null,
  cost: null,
  firstTokenMs: null,
  totalMs: 0,
  error: null,
  result: null,
  startedAt: '2026-01-02T03:04:05.000Z',
  ...more,
})

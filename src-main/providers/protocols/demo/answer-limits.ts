import type { FinishReason } from '@main/providers/spec/chat'
import { tokensOf } from './tokens'

export interface LimitedAnswer {
  tokens: string[]
  reason: FinishReason
}

/** Where the first of the stop texts begins, or -1. */
const stopIndex = (text: string, stops: readonly string[]): number => {
  const found = stops.map((stop) => text.indexOf(stop)).filter((index) => index >= 0)
  return found.length === 0 ? -1 : Math.min(...found)
}

/** Cuts an answer at the token limit and before the first stop text, whichever comes first. */
export const limitAnswer = (text: string, maxTokens: number | null, stops: readonly string[]): LimitedAnswer => {
  const all = tokensOf(text)
  const kept = maxTokens === null ? all : all.slice(0, maxTokens)
  const keptText = kept.join('')
  const stop = stopIndex(keptText, stops)
  if (stop >= 0) return { tokens: tokensOf(keptText.slice(0, stop)), reason: 'stop' }
  return { tokens: kept, reason: kept.length < all.length ? 'length' : 'stop' }
}

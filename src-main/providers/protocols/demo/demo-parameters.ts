import type { JsonObject, JsonValue } from '@contract/values'

/** What the Demo reads from a request, with its own defaults filled in. */
export interface DemoParameters {
  /** 0 takes the plainest words every time; 2 chooses almost freely. */
  temperature: number
  /** Share of the likeliest choices that stay open, above 0 and up to 1. */
  topP: number
  /** Tokens, or null for no limit. */
  maxTokens: number | null
  stops: string[]
  seed: number
  /** Tokens a second; 0 means without waiting. */
  pace: number
}

const inRange = (value: JsonValue | undefined, low: number, high: number, fallback: number): number =>
  typeof value === 'number' ? Math.min(high, Math.max(low, value)) : fallback

const stopTexts = (value: JsonValue | undefined): string[] => {
  const list = Array.isArray(value) ? value : [value]
  return list.filter((item) => typeof item === 'string').filter((item) => item !== '')
}

export const demoParameters = (parameters: JsonObject): DemoParameters => ({
  temperature: inRange(parameters['temperature'], 0, 2, 0.8),
  topP: inRange(parameters['top_p'], 0.01, 1, 1),
  maxTokens: typeof parameters['max_tokens'] === 'number' ? Math.max(1, Math.floor(parameters['max_tokens'])) : null,
  stops: stopTexts(parameters['stop']),
  seed: inRange(parameters['seed'], Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 0),
  pace: inRange(parameters['pace'], 0, 10_000, 60),
})

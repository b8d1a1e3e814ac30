/**
 * How much Fabula takes from a provider before it hangs up. Each limit is far above what any model or list needs, and low
 * enough for the smallest computer: a server that has gone mad must not take the memory that the story is written with.
 */
export const limits = {
  /** Characters in one line or event of a stream. */
  line: 4_000_000,
  /** Characters of text and reasoning in one answer: about a million tokens. */
  answer: 4_000_000,
  /** Bytes of an answer that streams: a token takes up to 400 of them on its way. */
  stream: 128_000_000,
  /** Bytes of an answer that comes whole, such as a list of models or a batch of vectors. */
  body: 32_000_000,
  /** Models in one list. */
  models: 20_000,
} as const

export type Limit = keyof typeof limits

/** Bytes of an error's body that are read, and the milliseconds they may take: what it says is a help, not a need. */
export const ERROR_BODY = { bytes: 64 * 1024, ms: 5_000 } as const

/** `endless`: a stream that may go on for days, of which nothing is kept. */
export type AnswerLength = 'usual' | 'endless'

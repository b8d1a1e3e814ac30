import type { ErrorReport } from './error-body'

/**
 * How providers tell, in the error about a text that is too long, how much the model reads; the group holds the number of
 * tokens. Numbers may be grouped by commas.
 */
const wordings: readonly RegExp[] = [
  // OpenAI, vLLM, OpenRouter: "This model's maximum context length is 8192 tokens. However, …".
  /maximum context length (?:is|of)(?: only)? ([\d,]+)/i,
  // llama.cpp: "request (9412 tokens) exceeds the available context size (8192 tokens), try increasing it".
  /available context size \(([\d,]+)/i,
  // Anthropic: "prompt is too long: 210000 tokens > 200000 maximum".
  /tokens > ([\d,]+) maximum/i,
  // Google: "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)".
  /maximum number of tokens allowed \(?([\d,]+)/i,
  // LM Studio: "… However, the model is loaded with context length of only 4096 tokens".
  /context length of(?: only)? ([\d,]+)/i,
  // TabbyAPI: "Prompt length 9000 is greater than max_seq_len 8192".
  /max_seq_len(?: of)?:? ([\d,]+)/i,
]

/** The least that is taken for a window: smaller numbers in such an error mean something else. Tokens. */
const SMALLEST = 256

/** How many tokens the model reads, by the error about a text that was too long; null when it does not tell. */
export function contextLimit(report: ErrorReport): number | null {
  const message = report.message ?? ''
  const written = wordings.map((wording) => wording.exec(message)?.[1]).find((found) => found !== undefined)
  const limit = report.contextLength ?? (written === undefined ? null : Number(written.replaceAll(',', '')))
  return limit !== null && Number.isSafeInteger(limit) && limit >= SMALLEST ? limit : null
}

import type { ErrorReport } from './error-body'

/** What a provider says that it will not have in a request. */
export interface RefusedParameters {
  /** As the provider writes them, in snake case: `temperature`, `generation_config.top_k`. */
  names: readonly string[]
  /** The model never takes them; false: it takes them only without something else of this request. */
  always: boolean
}

/** Codes that say of the parameter beside them that the model does not take it, or not with this value. */
const refusingWords: ReadonlySet<string> = new Set([
  'unsupported_parameter',
  'unsupported_value',
  'unknown_parameter',
  'unrecognized_parameter',
  'extra_forbidden',
])

/** Statuses of a request that is wrong; some local servers answer 500 or 501 to it. */
const wrongRequest: ReadonlySet<number | null> = new Set([null, 400, 422, 500, 501])

const QUOTE = `["'\`‘’“”]`
const NAME = `[A-Za-z][\\w.]*`
/** One name or several, quoted or in brackets: `top_k`, `'min_p', 'top_a'`. */
const NAMES = `[[({]?${QUOTE}?${NAME}${QUOTE}?(?:(?:, ?| and )${QUOTE}?${NAME}${QUOTE}?)*`
const THING = '(?:parameter|param|argument|arg|field|property|option|key|name)s?'
const NOT_TAKEN =
  '(?:deprecated|unsupported|unexpected|unrecognized|not (?:supported|available|enabled|allowed|permitted)(?! to\\b))'

/**
 * The sentences in which providers refuse parameters by name; the group holds the names. A name that was not sent means
 * nothing, so a word too many does no harm.
 */
const always: readonly RegExp[] = [
  // Anthropic, Mistral and whatever else checks bodies with pydantic: "top_k: Extra inputs are not permitted".
  new RegExp(`(${NAME}): Extra inputs are not permitted`, 'gi'),
  /'extra_forbidden', 'loc': \((?:'[^']*', )*'([\w.]+)'\)/gi,
  new RegExp(`Extra inputs are not permitted,? field:? (${NAMES})`, 'gi'),
  // Google: "Unknown name "topK" at 'generation_config': Cannot find field."; OpenAI: "Unrecognized request argument
  // supplied: top_k"; "Unsupported parameter: 'top_p' is not supported with this model."
  new RegExp(`(?:unknown|unrecognized|unsupported|unexpected)(?: \\w+)? ${THING}(?: \\w+)?:? (${NAMES})`, 'gi'),
  // Anthropic: "`temperature` is deprecated for this model"; Groq: "property 'top_k' is unsupported".
  new RegExp(`(${NAMES})[\\])}]? (?:is|are|was|were) (?:currently )?${NOT_TAKEN}`, 'gi'),
  new RegExp(`(${NAMES})[\\])}]? (?:is|are) not an? (?:valid|known|supported|recognized) ${THING}`, 'gi'),
  // xAI: "Model grok-4 does not support parameter presencePenalty."; LiteLLM: "does not support parameters: ['top_k']";
  // Ollama: ""llama3.2" does not support thinking".
  new RegExp(`(?:does not|doesn't|do not) support (?:the )?(?:${THING}:? )?(${NAMES})`, 'gi'),
  // xAI: "Argument not supported on this model: presencePenalty".
  new RegExp(`${THING} (?:is |are )?not (?:supported|allowed|permitted)[^:"'\`]*: ?(${NAMES})`, 'gi'),
  // OpenAI: "Unsupported value: 'temperature' does not support 0.5 with this model. Only the default (1) is supported."
  new RegExp(`Unsupported value: (${NAMES}) does not support`, 'gi'),
  // Ollama: "think value "high" is not supported for this model".
  new RegExp(`(${NAME}) value ${QUOTE}[^"']*${QUOTE} is not supported`, 'gi'),
  // Amazon Bedrock: "extraneous key [top_k] is not permitted".
  new RegExp(`extraneous key (${NAMES})`, 'gi'),
]

/** The same of parameters that the model takes, but not beside something else. */
const together: readonly RegExp[] = [
  // Anthropic: "`temperature` and `top_p` cannot both be specified for this model."
  new RegExp(`${QUOTE}${NAME}${QUOTE} and (${QUOTE}${NAME}${QUOTE}) cannot both be (?:specified|set)`, 'gi'),
  // Anthropic: "`temperature` may only be set to 1 when thinking is enabled"; "`top_k` must be unset when …".
  new RegExp(
    `(${QUOTE}${NAME}${QUOTE}) (?:may only be|must be|cannot be|can only be) [^.]*(?:\\. ?\\d[^.]*)?when `,
    'gi'
  ),
]

/** Words for parameters that no request calls so. */
const spoken: Readonly<Record<string, readonly string[]>> = {
  thinking: ['thinking', 'think'],
  presence: ['presence_penalty'],
  frequency: ['frequency_penalty'],
  penalty: ['presence_penalty', 'frequency_penalty'],
}

/** Google: "Presence penalty is not enabled for models/gemini-2.5-pro"; "Penalty is not enabled for this model". */
const PENALTY = /\b(?:(presence|frequency) )?(penalty) is not enabled/gi

/**
 * The parameters that an answer refuses by name; null when it refuses none. What a parameter must be instead ("range
 * 0..1") is no refusal of it: the user has to know that.
 */
export function refusedParameters(status: number | null, report: ErrorReport): RefusedParameters | null {
  if (!wrongRequest.has(status)) return null
  const message = report.message ?? ''
  const named = report.words.some((word) => refusingWords.has(word)) ? report.parameters : []
  const conflicting = namesIn(message, together)
  if (conflicting.length > 0) return { names: conflicting, always: false }
  const penalties = Array.from(message.matchAll(PENALTY), ([, which, penalty = '']) => (which ?? penalty).toLowerCase())
  const found = [...named.map(snakeCase), ...namesIn(message, always), ...penalties].flatMap(
    (name) => spoken[name] ?? [name]
  )
  const names = [...new Set(found)]
  return names.length === 0 ? null : { names, always: true }
}

function namesIn(message: string, sentences: readonly RegExp[]): string[] {
  return sentences.flatMap((sentence) =>
    Array.from(message.matchAll(sentence), ([, names = '']) => names.match(new RegExp(NAME, 'g')) ?? [])
      .flat()
      .map(snakeCase)
  )
}

/** `presencePenalty` → `presence_penalty`; a full stop at the end belongs to the sentence. */
const snakeCase = (name: string): string =>
  name
    .replace(/\.+$/, '')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()

import { isObject } from '@contract/json'
import { ProviderError } from '@contract/errors'
import { validateSettings } from '@contract/schema/validate-settings'
import type { JsonObject, JsonValue } from '@contract/values'
import { textMessages } from '@main/providers/kit/message-text'
import type { ChatEvent, ChatRequest, CompletionRequest, ResponseFormat } from '@main/providers/spec/chat'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { EmbedAnswer, EmbedRequest, Protocol } from '@main/providers/spec/protocol'
import { limitAnswer } from './answer-limits'
import { callTool } from './call-tool'
import { checkDraft } from './check-draft'
import { demoModels } from './demo-models'
import { demoParameters, type DemoParameters } from './demo-parameters'
import { embedText } from './embed-text'
import { fillSchema } from './fill-schema'
import { fillTable } from './fill-table'
import { lookUp } from './look-up'
import { makeThing } from './make-thing'
import { paced } from './pace'
import type { DemoRequest } from './demo-request'
import { toldForm } from './told-form'
import { countTokens } from './tokens'
import { writeStory } from './write-story'

const DEMO = 'Demo'

/** The form of an answer that is to be JSON, and nothing else is said of it. */
const ANY_OBJECT: JsonObject = {
  type: 'object',
  properties: { answer: { type: 'string' } },
  required: ['answer'],
}

const mustKnow = (model: string, kind: 'chat' | 'embedding') => {
  if (demoModels.some((known) => known.model === model && known.kind === kind)) return
  throw new ProviderFailure(ProviderError.ModelNotFound, `Demo has no ${kind} model "${model}"`, {
    details: { provider: DEMO, model },
  })
}

/** JSON that fits a schema: an answer where the Demo can tell what it is for, else words that fit. */
function structuredAnswer(schema: JsonObject, request: DemoRequest, seed: number): JsonValue {
  const { messages } = request
  const answer = checkDraft(schema, messages) ?? lookUp(schema, messages)
  if (answer && validateSettings(schema, answer).length === 0) return answer
  const filled = fillSchema(schema, request, seed)
  const made = makeThing(schema, messages, seed)
  const whole = made && isObject(filled) ? { ...filled, ...made } : filled
  return validateSettings(schema, whole).length === 0 ? whole : filled
}

function answerText(format: ResponseFormat | undefined, asked: DemoRequest, parameters: DemoParameters): string {
  const { seed } = parameters
  if (format)
    return JSON.stringify(structuredAnswer(format.type === 'schema' ? format.schema : ANY_OBJECT, asked, seed))
  const told = toldForm(asked)
  if (told?.kind === 'table') return fillTable(told, seed)
  return told ? JSON.stringify(structuredAnswer(ANY_OBJECT, told.request, seed)) : writeStory(asked, parameters)
}

async function* chat(request: ChatRequest): AsyncGenerator<ChatEvent> {
  request.signal.throwIfAborted()
  mustKnow(request.model, 'chat')
  const parameters = demoParameters(request.parameters)
  const asked: DemoRequest = { model: request.model, messages: textMessages(request.messages) }
  const call = callTool(request, asked, parameters.seed)
  const text = call?.arguments ?? answerText(request.responseFormat, asked, parameters)
  // A stop text ends what is written, and not what a tool is called with.
  const { tokens, reason } = limitAnswer(text, parameters.maxTokens, call ? [] : parameters.stops)
  if (tokens.length === 0)
    throw new ProviderFailure(ProviderError.EmptyAnswer, 'Demo stopped before the first word', {
      details: { provider: DEMO, model: request.model },
    })

  if (call) yield { type: 'toolCall', index: 0, id: call.id, name: call.name, arguments: '' }
  for await (const token of paced(tokens, parameters.pace, request.signal))
    yield call ? { type: 'toolCall', index: 0, arguments: token } : { type: 'text', text: token }

  const inputTokens = asked.messages.reduce((sum, message) => sum + countTokens(message.content), 0)
  const finish = call && reason === 'stop' ? 'toolCalls' : reason
  yield { type: 'end', reason: finish, usage: { inputTokens, outputTokens: tokens.length, cost: 0 } }
}

/** Goes on with a text as with a passage that is the story's own. */
async function* complete(request: CompletionRequest): AsyncGenerator<ChatEvent> {
  const { model, prompt, parameters, signal } = request
  yield* chat({ model, messages: [{ role: 'assistant', content: prompt }], parameters, signal })
}

const embed = async ({ model, texts, signal }: EmbedRequest): Promise<EmbedAnswer> => {
  signal.throwIfAborted()
  mustKnow(model, 'embedding')
  const inputTokens = texts.reduce((sum, text) => sum + countTokens(text), 0)
  return { vectors: texts.map(embedText), usage: { inputTokens, outputTokens: null, cost: 0 } }
}

/**
 * The offline provider: a small model made of hand-written sentences, with which a first story can be written without a
 * key or a network. It calls nothing, so its connection is never used.
 */
export const demoProtocol: Protocol = {
  id: 'demo',
  async *listModels(_connection, signal) {
    signal.throwIfAborted()
    yield [...demoModels]
  },
  async checkKey(_connection, signal) {
    signal.throwIfAborted()
    return { models: demoModels.length, creditLeft: null }
  },
  chat: (_connection, request) => chat(request),
  complete: (_connection, request) => complete(request),
  embed: (_connection, request) => embed(request),
}

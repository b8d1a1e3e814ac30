import { z } from 'zod'
import { jsonReply, type RecordedRequest, type Reply } from './fake-server'

export type Flavour = 'openai' | 'gemini' | 'yandex'

const Body = z.record(z.string(), z.unknown()).catch({})

/** The body fields that an API takes, where it refuses others. */
const known: Readonly<Record<Flavour, Readonly<Record<string, readonly string[]>> | null>> = {
  openai: null,
  gemini: {
    '/chat/completions': [
      'model',
      'messages',
      'stream',
      'stream_options',
      'temperature',
      'top_p',
      'max_tokens',
      'stop',
      'reasoning_effort',
      'response_format',
      'extra_body',
    ],
    '/embeddings': ['model', 'input', 'dimensions'],
  },
  yandex: {
    '/chat/completions': ['model', 'messages', 'stream', 'temperature', 'max_tokens', 'response_format'],
    '/embeddings': ['model', 'input'],
  },
}

/** Google's error body: a list with one error. */
export const googleError = (code: number, status: string, message: string, details: readonly unknown[] = []): Reply =>
  jsonReply([{ error: { code, message, status, details } }], code)

/** What an API with OpenAI's language refuses that OpenAI does not; null when it takes the request. */
export function flavourRefusal(flavour: Flavour, request: RecordedRequest): Reply | null {
  const path = Object.keys(known[flavour] ?? {}).find((end) => request.path.endsWith(end))
  const taken = path === undefined ? undefined : known[flavour]?.[path]
  if (!taken) return null
  const body = Body.parse(request.body)
  const strange = Object.keys(body).find((name) => !taken.includes(name))
  if (strange !== undefined) return unknownField(flavour, strange)
  return flavour === 'yandex' ? yandexRefusal(request, body) : null
}

const unknownField = (flavour: Flavour, name: string): Reply =>
  flavour === 'gemini'
    ? googleError(400, 'INVALID_ARGUMENT', `Invalid JSON payload received. Unknown name "${name}": Cannot find field.`)
    : jsonReply({ error: { message: `Unknown field ${name}`, code: 400 } }, 400)

/** A model's name must carry the folder that the header names, and an embedding is of one text. */
function yandexRefusal(request: RecordedRequest, body: Record<string, unknown>): Reply | null {
  const folder = /^(?:gpt|emb):\/\/([^/]+)\/.+/.exec(String(body['model']))?.[1]
  const project = request.headers['openai-project']
  if (folder === undefined) return jsonReply({ error: { message: 'Invalid model URI', code: 400 } }, 400)
  if (project !== undefined && project !== folder)
    return jsonReply({ error: { message: `Folder ${project} does not match ${folder}`, code: 403 } }, 403)
  if ('input' in body && typeof body['input'] !== 'string')
    return jsonReply({ error: { message: 'Batch requests are not supported', code: 400 } }, 400)
  return null
}

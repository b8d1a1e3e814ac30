import { ProviderError } from '@contract/errors'
import { chunk, whole } from '@test/helpers/raw-server'
import { bytes, deep, error, json, spoke, streamOf } from './fault-answers'
import { afterText, byChance, lasting, ofTheKey, taken } from './fault-consequences'
import { openAi, worded, stay, reset, row, type Fault } from './fault'

const {
  BrokeOff,
  RateLimited,
  ServerFailed,
  BadAnswer,
  EmptyAnswer,
  ModelNotFound,
  ContextExceeded,
  Refused,
  RequestRejected,
} = ProviderError
const piece = (delta: object, finish: string) =>
  `data: ${JSON.stringify({ choices: [{ delta, finish_reason: finish }] })}\n\n`

/** What only OpenAI and those who speak like it say. */
export const wordings: readonly Fault[] = [
  row('400 for the model', error(400, 'x/y is not a valid model ID'), lasting(ModelNotFound, 400)),
  row('400 for a setting', error(400, 'temperature: must be below 2'), lasting(RequestRejected, 400)),
  row(
    '400 for a long prompt, by a word',
    error(400, 'Too long', 'context_length_exceeded'),
    lasting(ContextExceeded, 400, 'contextOverflow')
  ),
  row(
    'a moderated prompt',
    json(403, { error: { code: 403, metadata: { reasons: ['violence'] } } }),
    lasting(Refused, 403, 'refusals')
  ),
  row(
    '429 in a stream',
    streamOf(({ errorInStream }) => [errorInStream('Slow down', 429)]),
    ofTheKey(RateLimited, 429, 'cooling')
  ),
  row(
    '502 in a stream',
    streamOf(({ errorInStream }) => [errorInStream('Boom', 502)]),
    byChance(ServerFailed, 502)
  ),
  row('text in the place of a stream', bytes(...whole(200, 'It works!', 'text/plain')), byChance(BadAnswer)),
  row(
    'a refusal',
    streamOf(({ end }) => [piece({ refusal: 'I cannot write this.' }, 'stop'), end]),
    lasting(Refused, null, 'refusals')
  ),
  row(
    'an answer that is filtered at once',
    streamOf(({ end }) => [piece({}, 'content_filter'), end]),
    lasting(Refused, null, 'refusals')
  ),
  row(
    'an answer that is filtered late',
    spoke(({ end }) => [piece({}, 'content_filter'), end]),
    afterText(Refused, false)
  ),
  row(
    'a piece that is not JSON after text',
    spoke(() => ['data: {"choices"\n\n']),
    afterText(BadAnswer, true)
  ),
].map((fault) => ({ ...fault, ...openAi }))

/** Answers that began as they should. */
export const streams: readonly Fault[] = [
  row(
    'a stream with nothing in it',
    streamOf(() => []),
    byChance(BadAnswer)
  ),
  row(
    'an answer without a word',
    streamOf(({ finish, end }) => [finish(), end]),
    byChance(EmptyAnswer)
  ),
  row(
    'an answer of white space',
    streamOf(({ text, finish, end }) => [text(' \n'), finish(), end]),
    byChance(EmptyAnswer)
  ),
  row(
    'a stream that breaks off',
    spoke(() => []),
    afterText(BrokeOff, true)
  ),
  row(
    'an error in the stream',
    streamOf(({ errorInStream }) => [errorInStream('Boom')]),
    byChance(ServerFailed)
  ),
  row(
    'an error after text',
    spoke(({ errorInStream }) => [errorInStream('Boom')]),
    afterText(ServerFailed, true)
  ),
  row(
    'an error that is empty',
    streamOf(() => ['data: {"error":{}}\n\n']),
    byChance(ServerFailed),
    openAi
  ),
  row(
    'a piece that is not JSON',
    streamOf(() => ['data: {"choices"\n\n']),
    byChance(BadAnswer)
  ),
  row(
    'a piece that is no object',
    streamOf(() => ['data: 7\n\n']),
    lasting(BadAnswer),
    worded
  ),
  row(
    'a piece of lists inside lists',
    streamOf(() => [`data: ${deep('[', ']', '')}\n\n`]),
    lasting(BadAnswer),
    worded
  ),
  row(
    'an error of errors inside errors',
    streamOf(() => [`data: ${deep('{"error":', '}', '1')}\n\n`]),
    byChance(ServerFailed),
    openAi
  ),
  row('JSON of another kind', json(200, { hello: 'world' }), byChance(BadAnswer), openAi),
  row('a word that is a name of JavaScript', error(500, 'Boom', 'constructor'), byChance(ServerFailed, 500), worded),
  row(
    'bytes that are no UTF-8',
    spoke(({ end, finish }) => [chunk(Uint8Array.of(58, 255, 254, 10, 10)), finish(), end]),
    taken,
    worded
  ),
]

/** The model has said that it is done. */
export const tails: readonly Fault[] = [
  row(
    'an open connection after the end',
    spoke(({ finish }) => [finish(), stay]),
    taken,
    worded
  ),
  row(
    'endless comments after the end',
    spoke(({ finish }) => [finish(), { forever: chunk(': still here\n\n') }]),
    taken,
    worded
  ),
  row(
    'an open connection after the last word',
    spoke(({ finish, end }) => [finish(), end, stay]),
    taken
  ),
  row(
    'a reset after the end',
    spoke(({ finish }) => [finish(), reset]),
    taken,
    worded
  ),
  row(
    'an error after the end',
    spoke(({ finish, errorInStream }) => [finish(), errorInStream('Boom')]),
    taken,
    worded
  ),
]

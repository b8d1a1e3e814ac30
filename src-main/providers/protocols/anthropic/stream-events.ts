import { z } from 'zod'
import { badAnswer, streamFailure, type Source } from '@main/providers/kit/failures'
import { readEvents } from '@main/providers/kit/sse'
import { ArgumentsText } from '@main/providers/kit/tool-arguments'

const text = z.string().nullish()
const count = z.number().nullish().catch(null)

export const Usage = z.looseObject({
  input_tokens: count,
  output_tokens: count,
  cache_creation_input_tokens: count,
  cache_read_input_tokens: count,
})
export type Usage = z.infer<typeof Usage>

/** `stop_details` says why, for a refusal. */
const Stop = z.looseObject({
  stop_reason: text,
  stop_details: z.looseObject({ explanation: text, category: text }).nullish().catch(null),
})

const Block = z.looseObject({
  type: z.string(),
  text,
  thinking: text,
  /** Of what was thought; `data` stands for thoughts that are not shown. */
  signature: text,
  data: text,
  id: text,
  name: text,
  input: ArgumentsText,
})

const Message = Stop.extend({ content: z.array(Block).nullish(), usage: Usage.nullish().catch(null) })

/** The events of a stream, by their `type`; further ones are passed over, as the API asks of its readers. */
const Event = z.looseObject({
  type: z.string(),
  /** Which block of the answer it is about. */
  index: z.number().int().nullish().catch(null),
  message: Message.nullish(),
  content_block: Block.nullish(),
  delta: Stop.extend({ type: text, text, thinking: text, signature: text, partial_json: text }).nullish(),
  usage: Usage.nullish().catch(null),
  error: z.unknown().optional(),
})
export type Event = z.infer<typeof Event>
export type Block = z.infer<typeof Block>
export type Stop = z.infer<typeof Stop>

/**
 * The events of an answer to `POST /messages`. A server that does not stream, although asked to, gives the ones that
 * its message would have been. Throws a ProviderFailure for an error inside the answer and for what is not an event.
 */
export async function* readStream(connection: Source, response: Response): AsyncIterable<Event> {
  if (response.headers.get('content-type')?.includes('json')) {
    yield* wholeMessage(connection, await response.json())
    return
  }
  for await (const { data } of readEvents(connection, response)) yield checked(connection, JSON.parse(data))
}

function checked(connection: Source, value: unknown): Event {
  const event = Event.safeParse(value)
  if (!event.success) throw badAnswer(connection, 'wrong_shape')
  if (event.data.type === 'error') throw streamFailure(connection, event.data.error ?? null)
  return event.data
}

function* wholeMessage(connection: Source, value: unknown): Iterable<Event> {
  if (checked(connection, value).type !== 'message') throw badAnswer(connection, 'wrong_shape')
  const message = Message.safeParse(value)
  if (!message.success) throw badAnswer(connection, 'wrong_shape')
  for (const [index, block] of (message.data.content ?? []).entries())
    yield { type: 'content_block_start', index, content_block: block }
  yield { type: 'message_delta', delta: message.data, usage: message.data.usage }
  yield { type: 'message_stop' }
}

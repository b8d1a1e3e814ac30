import { WholeResponse } from '@main/http/whole-response'
import type { ChatEvent } from '@main/providers/spec/chat'
import type { CompletionEvent } from '@main/routing/complete-call'
import type { AnswerRecord, ChunkWriter } from './answer-shape'
import { eventStream } from './event-stream'
import type { ModelCall } from './model-call'

/** Milliseconds. */
export interface Patience {
  /**
   * How long the head of a stream waits for the first of the answer, so that it can say who answers and a failure has a
   * status of its own. A model that must be loaded first takes longer: then the head goes out before.
   */
  headMs: number
  /** How often a stream on which nothing comes shows life. */
  aliveMs: number
}

const usualPatience: Patience = { headMs: 20_000, aliveMs: 15_000 }

interface Answer {
  events: AsyncGenerator<CompletionEvent>
  call: ModelCall
  limits: Readonly<Record<string, string>>
}

interface StreamedAnswer extends Answer {
  /** Of the whole request. */
  signal: AbortSignal
  /** Aborts it, because the reader left. */
  leave: () => void
}

/** Answers with the whole of what a call brings, at its end. */
export async function wholeAnswer({ events, call, limits }: Answer, record: AnswerRecord): Promise<Response> {
  for await (const event of events) {
    if (event.type === 'attempt') {
      record.begin()
      call.attempt(event.plan, event.dropped)
    } else record.add(event)
  }
  call.complete(record.usage())
  return new WholeResponse(JSON.stringify(record.body()), {
    headers: { 'content-type': 'application/json', ...limits, ...call.headers() },
  })
}

/** Answers with a stream of chunks as the events of a call come. Throws what fails before the head went out. */
export async function streamedAnswer(
  { events, call, limits, signal, leave }: StreamedAnswer,
  writer: ChunkWriter,
  patience: Patience = usualPatience
): Promise<Response> {
  /** The next piece of the answer; null after the last. Attempts are noted on the way. */
  const nextPiece = async (): Promise<ChatEvent | null> => {
    for (;;) {
      const { done, value } = await events.next()
      if (done === true) return null
      if (value.type !== 'attempt') return value
      call.attempt(value.plan, value.dropped)
    }
  }
  const first = nextPiece()
  await within(first, patience.headMs)

  async function* parts(): AsyncGenerator<string, void> {
    yield writer.begin()
    try {
      for (let piece = await first; piece; piece = await nextPiece()) {
        if (piece.type === 'end') {
          // Runs the call to its end, which frees what it holds, before the program hears of it and asks the next.
          await nextPiece()
          call.complete(piece.usage)
        }
        yield writer.write(piece)
        if (piece.type === 'end') return
      }
    } catch (error) {
      // OpenAI's clients take a chunk with an error for their own typed error, and end the stream.
      const told = signal.aborted ? call.abort(signal.reason) : call.fail(error)
      yield `data: ${JSON.stringify(told.toBody())}\n\n`
    }
  }
  const left = () => {
    call.abort(null)
    leave()
    // A call that waits for its reader would wait for ever. What it throws now, nobody is there to hear.
    events.return(undefined).catch(() => {})
  }
  return eventStream({ parts: parts(), left }, patience.aliveMs, { ...limits, ...call.headers() })
}

/** Waits for a promise, but no longer than so many milliseconds. Rejects as it does in that time. */
function within(promise: Promise<unknown>, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    promise.then(() => resolve(), reject).finally(() => clearTimeout(timer))
  })
}

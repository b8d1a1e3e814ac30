import { z } from 'zod'
import { badAnswer, cutOff, streamFailure, type Source } from './failures'
import { createLineReader } from './lines'

const Line = z.looseObject({ error: z.unknown().optional() })
type Line = z.infer<typeof Line>

/**
 * The same answer of JSON lines, checked line by line, for a client library that skips lines it cannot read, and reads
 * ever more slowly the longer they are. Its body fails with a ProviderFailure at a line that is not a JSON object or too
 * long, at `{"error": …}`, and when it ends before its last line.
 */
export function checkedLines(connection: Source, response: Response, isLast: (line: Line) => boolean): Response {
  if (!response.body) throw cutOff(connection, false)
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  const lines = createLineReader(connection)
  let began = false
  let done = false

  const pass = (line: string, controller: TransformStreamDefaultController<Uint8Array>) => {
    if (line.trim() === '') return
    const { error, ...value } = parsed(connection, line)
    if (error !== undefined && error !== null) throw streamFailure(connection, error)
    began = true
    done ||= isLast(value)
    controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`))
  }

  const checker = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      for (const line of lines.read(decoder.decode(chunk, { stream: true }))) pass(line, controller)
    },
    flush(controller) {
      pass(lines.rest() + decoder.decode(), controller)
      if (!done) throw cutOff(connection, began)
    },
  })
  return new Response(response.body.pipeThrough(checker), { headers: response.headers })
}

function parsed(connection: Source, line: string): Line {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw badAnswer(connection, /^\s*</.test(line) ? 'html' : 'not_json')
  }
  const object = Line.safeParse(value)
  if (!object.success) throw badAnswer(connection, 'wrong_shape')
  return object.data
}

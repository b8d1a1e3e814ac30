import { z } from 'zod'
import { badAnswer, streamFailure, type Source } from './failures'

const Line = z.looseObject({ error: z.unknown().optional() })
type Line = z.infer<typeof Line>

/**
 * The same answer of JSON lines, checked line by line, for a client library that skips lines it cannot read. Its body
 * fails with a ProviderFailure at a line that is not a JSON object, at `{"error": …}`, and when it ends before its last
 * line.
 */
export function checkedLines(connection: Source, response: Response, isLast: (line: Line) => boolean): Response {
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  let rest = ''
  let done = false

  const pass = (line: string, controller: TransformStreamDefaultController<Uint8Array>) => {
    if (line.trim() === '') return
    const value = parsed(connection, line)
    if (value.error) throw streamFailure(connection, value.error)
    done ||= isLast(value)
    controller.enqueue(encoder.encode(`${line}\n`))
  }

  const checker = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) pass(line, controller)
    },
    flush(controller) {
      pass(rest + decoder.decode(), controller)
      if (!done) throw badAnswer(connection, 'cut_off')
    },
  })
  return new Response(response.body?.pipeThrough(checker) ?? null, { headers: response.headers })
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

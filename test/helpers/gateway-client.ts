import { z } from 'zod'

/** What a program reads of an error. */
export const WireError = z.strictObject({
  error: z.strictObject({ message: z.string(), type: z.string(), param: z.string().nullable(), code: z.string() }),
})

/** What came of a request to the gateway, as a program without any client would see it. */
export interface Answered {
  status: number
  header(name: string): string | null
  body: unknown
}

/** Asks the gateway as `curl` would. */
export async function post(base: string, path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  return fetch(`${base}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal ? { signal } : {}),
  })
}

export async function answered(response: Response): Promise<Answered> {
  return { status: response.status, header: (name) => response.headers.get(name), body: await response.json() }
}

/** The lines of a stream of server-sent events, comments too, without the empty ones between them. */
export async function linesOf(response: Response): Promise<string[]> {
  return (await response.text()).split('\n').filter((line) => line !== '')
}

/** The chunks of a stream; `[DONE]` is text. */
export const chunksOf = (lines: readonly string[]): unknown[] =>
  lines
    .filter((line) => line.startsWith('data: '))
    .map((line) => (line === 'data: [DONE]' ? '[DONE]' : JSON.parse(line.slice(6))))

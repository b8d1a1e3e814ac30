import { createServer, type Socket } from 'node:net'

/** One move of a server that is no HTTP server: bytes, again and again the same bytes, or what becomes of the connection. */
export type Move = string | Uint8Array | { forever: string | Uint8Array } | { do: 'reset' | 'hang-up' | 'stay' }

/** A head of HTTP/1.1, after which the body ends with the connection unless the headers say otherwise. */
export const head = (status: number, headers: Record<string, string> = {}): string =>
  [`HTTP/1.1 ${status} As it is`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', ''].join(
    '\r\n'
  )

export const chunk = (text: string | Uint8Array): Buffer => {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
}

export const LAST_CHUNK = '0\r\n\r\n'

/** A whole answer with its length. */
export const whole = (
  status: number,
  body: string | Uint8Array,
  type = 'application/json',
  headers: Record<string, string> = {}
): Move[] => [
  head(status, {
    'content-type': type,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
    ...headers,
  }),
  body,
]

export interface RawServer {
  /** `http://127.0.0.1:PORT` */
  origin: string
  /** What a request to a path that ends with `path` gets from now on. */
  answerAt(path: string, moves: readonly Move[]): void
  stop(): Promise<void>
}

/** A server on 127.0.0.1 that answers with bytes as they are given, however little they are HTTP. */
export async function startRawServer(): Promise<RawServer> {
  const answers = new Map<string, readonly Move[]>()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // The other side may hang up first: that is what many of these answers are for.
    socket.on('error', () => {})
    let request = ''
    socket.on('data', (bytes) => {
      request += bytes.toString('latin1')
      const path = pathOfWhole(request)
      if (path === null) return
      request = ''
      const [, moves = whole(404, '{}')] = [...answers].find(([end]) => path.endsWith(end)) ?? []
      void play(socket, moves)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    answerAt: (path, moves) => void answers.set(path, moves),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** The path of a request that has come with its whole body; null until then. */
function pathOfWhole(request: string): string | null {
  const end = request.indexOf('\r\n\r\n')
  const length = Number(/^content-length: *(\d+)/im.exec(request)?.[1] ?? 0)
  if (end === -1 || request.length < end + 4 + length) return null
  return /^\S+ ([^\s?]+)/.exec(request)?.[1] ?? null
}

async function play(socket: Socket, moves: readonly Move[]): Promise<void> {
  for (const move of moves) {
    if (typeof move === 'string' || move instanceof Uint8Array) await write(socket, move)
    else if ('forever' in move) while (!socket.destroyed) await write(socket, move.forever)
    else if (move.do === 'stay') return
    else {
      if (move.do === 'reset') socket.resetAndDestroy()
      else socket.destroy()
      return
    }
  }
  socket.end()
}

/** Waits until the bytes are on their way, so that an endless answer does not fill this side's memory. */
const write = (socket: Socket, bytes: string | Uint8Array) =>
  new Promise<void>((resolve) => {
    if (socket.destroyed) resolve()
    else socket.write(bytes, () => setImmediate(resolve))
  })

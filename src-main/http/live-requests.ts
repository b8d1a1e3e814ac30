import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** The connections of a server, and the requests on them that are not answered to the end. */
export interface LiveRequests {
  connected(socket: Socket): void
  add(request: IncomingMessage, response: ServerResponse): void
  /** For a connection on which nothing has moved for as long as a client may stall, either way. */
  silent(socket: Socket): void
  /** Waits until all are answered or broken off; `onAnswered` is called at first and after each. */
  drained(onAnswered: () => void): Promise<void>
  closeAll(): void
}

export function createLiveRequests(stalledMs: number): LiveRequests {
  const sockets = new Set<Socket>()
  const requests = new Map<Socket, Set<IncomingMessage>>()
  let onAnswered = () => {}

  /** Whether it is our turn to speak: the client has sent its request and taken all that there is of the answer. */
  const waitsForUs = (socket: Socket): boolean => {
    const own = requests.get(socket)
    return own !== undefined && socket.writableLength === 0 && [...own].every(({ complete }) => complete)
  }

  return {
    connected: (socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    },
    add: (request, response) => {
      const { socket } = request
      const own = requests.get(socket) ?? new Set()
      requests.set(socket, own.add(request))
      response.once('close', () => {
        own.delete(request)
        if (own.size === 0) requests.delete(socket)
        onAnswered()
      })
    },
    silent: (socket) => {
      if (waitsForUs(socket)) socket.setTimeout(stalledMs)
      else socket.destroy()
    },
    drained: (onEach) =>
      new Promise((resolve) => {
        onAnswered = () => {
          onEach()
          if (requests.size === 0) resolve()
        }
        onAnswered()
      }),
    closeAll: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}

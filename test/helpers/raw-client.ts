import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'

/** A connection to a port of this computer on which a test sends what it likes, byte by byte. */
export interface RawClient {
  socket: Socket
  send(text: string): void
  /** Resolves as soon as this has come. */
  hears(text: string): Promise<void>
  /** All that came, when the connection is over, in whatever way. */
  closed: Promise<string>
}

/** @param reads whether to take what comes; one that does not is a client that stopped reading */
export async function connectRaw(port: number, { reads = true } = {}): Promise<RawClient> {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => undefined)
  let heard = ''
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(heard)))
  if (reads)
    socket.setEncoding('latin1').on('data', (text: string) => {
      heard += text
    })
  await once(socket, 'connect')
  return {
    socket,
    closed,
    send: (text) => void socket.write(text),
    hears: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (heard.includes(text)) resolve()
          else if (socket.destroyed) reject(new Error(`The connection ended without "${text}": ${heard}`))
        }
        socket.on('data', look).once('close', look)
        look()
      }),
  }
}

import { brotliCompressSync, gzipSync } from 'node:zlib'
import { chunk, head, LAST_CHUNK, whole, type Move } from '@test/helpers/raw-server'
import type { Speech } from '@test/helpers/speech'

/** What a server does when it is asked to chat, in whatever protocol. */
export type Answer = (speech: Speech) => readonly Move[]

/** What the reader has seen before an answer breaks. */
export const SEEN = 'The door '

const isBytes = (move: Move) => typeof move === 'string' || move instanceof Uint8Array

/** A stream as it should be by HTTP, of these pieces; it ends as they say, or properly. */
export const streamOf =
  (pieces: (speech: Speech) => readonly Move[]): Answer =>
  (speech) => {
    const moves = pieces(speech).filter((move) => move !== '')
    const isOver = moves.every(isBytes)
    return [
      head(200, { 'content-type': speech.type, 'transfer-encoding': 'chunked', connection: 'close' }),
      ...moves.map((move) => (typeof move === 'string' ? chunk(move) : move)),
      ...(isOver ? [LAST_CHUNK] : []),
    ]
  }

export const spoke = (pieces: (speech: Speech) => readonly Move[]): Answer =>
  streamOf((speech) => [speech.text(SEEN), ...pieces(speech)])

export const bytes =
  (...moves: Move[]): Answer =>
  () =>
    moves

/** An answer whose head is strange, with a body that would be right. */
export const headed =
  (...lines: string[]): Answer =>
  (speech) => [`${lines.join('\r\n')}\r\ncontent-type: ${speech.type}\r\n\r\n`, speech.text(SEEN), speech.end]

export const error =
  (status: number, message: string, word?: string | number, headers?: Record<string, string>): Answer =>
  (speech) =>
    whole(status, JSON.stringify(speech.error(message, word)), 'application/json', headers)

export const json = (status: number, body: unknown): Answer => bytes(...whole(status, JSON.stringify(body)))

const PAGE = '<!DOCTYPE html><html><head><title>Sign in</title></head><body><form action="/login"></form></body></html>'

/** A page for people: of a proxy, a firewall, a hotel. */
export const page = (status: number, headers?: Record<string, string>, type = 'text/html; charset=utf-8'): Answer =>
  bytes(...whole(status, PAGE, type, headers))

/** A body that says how it is packed, and is not. */
export const packed =
  (encoding: string, pack: (body: string) => Uint8Array): Answer =>
  (speech) => [
    head(200, { 'content-type': speech.type, 'content-encoding': encoding, connection: 'close' }),
    pack(speech.text(SEEN).repeat(50)),
  ]

export const cutGzip = (body: string): Uint8Array => gzipSync(body).subarray(0, 30)
export const brokenBrotli = (body: string): Uint8Array => brotliCompressSync(body).fill(0xff, 8)
export const notPacked = (): Uint8Array => Buffer.from('This was never packed.')

/** Lists inside lists, thousands deep: what recurses into them has no stack left. */
export const deep = (open: string, close: string, inside: string): string =>
  open.repeat(20_000) + inside + close.repeat(20_000)

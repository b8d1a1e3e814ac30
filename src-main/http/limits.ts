/** How much of this computer a client of a server of ours may take. */
export interface HttpLimits {
  /** Bytes of all headers of a request with its first line. Beyond: 431. */
  headerBytes: number
  /** Headers of a request. Beyond: 431. */
  headerCount: number
  /** Milliseconds from the connection, or the first byte of a later request, to the end of the headers. Beyond: 408. */
  headersMs: number
  /** Milliseconds from the first byte of a request to the last of its body. Beyond: 408. */
  requestMs: number
  /** Milliseconds that a connection stays open for its next request. */
  idleMs: number
  /** Milliseconds in which a client takes nothing of an answer, or sends nothing of its request, before it is cut off. */
  stalledMs: number
  /** Connections at a time; further ones are closed at once. */
  connections: number
}

export const defaultLimits: HttpLimits = {
  headerBytes: 16_384,
  headerCount: 100,
  headersMs: 10_000,
  requestMs: 120_000,
  idleMs: 30_000,
  stalledMs: 30_000,
  connections: 1000,
}

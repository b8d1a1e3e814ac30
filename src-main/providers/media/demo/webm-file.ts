/** Pictures that follow one another at an even pace. */
export interface Film {
  width: number
  height: number
  /** Milliseconds that each is shown. */
  frameMs: number
  /** VP8, each a picture that needs no other. */
  frames: readonly Uint8Array[]
}

/** A second of film in each cluster: where a player may begin. */
const CLUSTER_MS = 1000

/**
 * A film as a WebM file, with an index, so that a player finds every second of it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8794 for how elements are written, and RFC 9559 for which there are
 */
export function webmFile({ width, height, frameMs, frames }: Film): Buffer {
  const perCluster = Math.max(1, Math.floor(CLUSTER_MS / frameMs))
  const clusters: Buffer[] = []
  for (let first = 0; first < frames.length; first += perCluster)
    clusters.push(cluster(first, frames.slice(first, first + perCluster), frameMs))
  const info = element(0x1549a966, [
    // Nanoseconds of one step of time: a millisecond.
    element(0x2ad7b1, number(1_000_000)),
    element(0x4489, float(frames.length * frameMs)),
    element(0x4d80, text('Fabula')),
    element(0x5741, text('Fabula')),
  ])
  const tracks = element(0x1654ae6b, [
    element(0xae, [
      element(0xd7, number(1)),
      element(0x73c5, number(1)),
      element(0x83, number(1)),
      element(0x86, text('V_VP8')),
      element(0x23e383, number(Math.round(frameMs * 1_000_000))),
      element(0xe0, [element(0xb0, number(width)), element(0xba, number(height))]),
    ]),
  ])
  const before = info.length + tracks.length
  // Its length does not depend on what it says: each place takes eight bytes.
  const places = (from: number) => {
    let at = from
    return clusters.map((one) => {
      const place = at
      at += one.length
      return place
    })
  }
  const indexAt = (from: number) => cues(places(from), perCluster * frameMs)
  const index = indexAt(before + indexAt(0).length)
  const head = element(0x1a45dfa3, [
    element(0x4286, number(1)),
    element(0x42f7, number(1)),
    element(0x42f2, number(4)),
    element(0x42f3, number(8)),
    element(0x4282, text('webm')),
    element(0x4287, number(2)),
    element(0x4285, number(2)),
  ])
  return Buffer.concat([head, element(0x18538067, [info, tracks, index, ...clusters])])
}

function cluster(first: number, frames: readonly Uint8Array[], frameMs: number): Buffer {
  const blocks = frames.map((frame, index) => {
    const head = Buffer.alloc(4)
    head.writeUInt8(0x81, 0)
    head.writeInt16BE(Math.round(index * frameMs), 1)
    // A key frame.
    head.writeUInt8(0x80, 3)
    return element(0xa3, Buffer.concat([head, frame]))
  })
  return element(0x1f43b675, [element(0xe7, number(Math.round(first * frameMs))), ...blocks])
}

const cues = (places: readonly number[], everyMs: number): Buffer =>
  element(
    0x1c53bb6b,
    places.map((place, index) =>
      element(0xbb, [
        element(0xb3, long(Math.round(index * everyMs))),
        element(0xb7, [element(0xf7, number(1)), element(0xf1, long(place))]),
      ])
    )
  )

/** An element: what it is, how long it is in one byte or in eight, and what is in it. */
function element(id: number, content: Buffer | readonly Buffer[]): Buffer {
  const inside = Buffer.isBuffer(content) ? content : Buffer.concat(content)
  const size = inside.length < 0x7f ? number(0x80 | inside.length) : long(inside.length)
  if (size.length === 8) size[0] = 0x01
  return Buffer.concat([number(id), size, inside])
}

/** A whole number in as few bytes as it needs. */
function number(value: number): Buffer {
  const hex = value.toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

function float(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return bytes
}

const text = (value: string): Buffer => Buffer.from(value, 'utf8')

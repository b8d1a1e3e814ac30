import { tooLarge, type Source } from './failures'
import { limits } from './limits'

/** Cuts a text that comes in pieces into lines. */
export interface LineReader {
  /** The lines that this piece completes. Throws a ProviderFailure when a line is too long. */
  read(piece: string): string[]
  /** What stands after the last line's end. */
  rest(): string
}

/** Each piece is looked at once, however many of them make a line. */
export function createLineReader(connection: Source): LineReader {
  let begun: string[] = []
  let length = 0
  const rest = () => begun.join('')
  return {
    read: (piece) => {
      const lines = piece.split('\n')
      const last = lines.pop() ?? ''
      const [first, ...others] = lines
      const complete = first === undefined ? [] : [rest() + first, ...others]
      if (first !== undefined) {
        begun = []
        length = 0
      }
      if (last !== '') begun.push(last)
      length += last.length
      if (length > limits.line) throw tooLarge(connection, 'line')
      return complete
    },
    rest,
  }
}

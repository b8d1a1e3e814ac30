/**
 * Cuts JSON objects that come one behind the other, with or without white space between them, into texts. What stands after
 * the last whole one is `rest`. Every piece is looked at once.
 */
export function jsonSequence(): { read(piece: string): string[]; rest(): string } {
  let begun: string[] = []
  let depth = 0
  let inText = false
  let escaped = false
  const step = (character: string | undefined) => {
    if (escaped) escaped = false
    else if (inText) {
      escaped = character === '\\'
      inText = character !== '"'
    } else if (character === '"') inText = true
    else if (character === '{' || character === '[') depth += 1
    else if (character === '}' || character === ']') {
      depth -= 1
      return depth === 0
    }
    return false
  }
  return {
    read: (piece) => {
      const objects: string[] = []
      let from = 0
      for (let at = 0; at < piece.length; at += 1) {
        if (!step(piece[at])) continue
        objects.push(begun.join('') + piece.slice(from, at + 1))
        begun = []
        from = at + 1
      }
      if (from < piece.length) begun.push(piece.slice(from))
      return objects
    },
    rest: () => begun.join('').trim(),
  }
}

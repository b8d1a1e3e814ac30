import { randomUUID } from 'node:crypto'
import type { JsonObject } from '@contract/values'
import type { ToolCallPiece } from '@main/providers/spec/chat'

/** A piece of a tool call as it stands in an answer. What a server leaves out is null. */
export interface WirePiece {
  index: number | null
  id: string | null
  name: string | null
  arguments: string
  extra?: JsonObject
}

/** Brings the pieces of an answer's tool calls into one order, whatever the server's habits. */
export interface ToolCallReader {
  /** What the piece adds; nothing while the name of its call is awaited. */
  read(piece: WirePiece): ToolCallPiece[]
  /** Some call has been given out. */
  began(): boolean
  /** The answer is over: what still belongs to its calls. Null when a call has no name, which no caller could answer. */
  end(): ToolCallPiece[] | null
}

interface Call {
  id: string | null
  name: string | null
  /** Its place among the calls of the answer; null until its name is known. */
  place: number | null
  /** What came before its name. */
  held: string
  extra: JsonObject | undefined
  hasArguments: boolean
}

/**
 * OpenAI numbers the calls and gives each piece its number, and to the first one an id and a name. Others leave the
 * number out, give all calls number 0 (Gemini), leave out the id, repeat id and name with every piece, or give every piece an id
 * of its own (older vLLM). So a call begins at a number that is new, and at a name beside an id that is new, or without id and number.
 */
export function createToolCallReader(): ToolCallReader {
  const byIndex = new Map<number, Call>()
  let last: Call | null = null
  const calls: Call[] = []
  let placed = 0

  const begin = (): Call => {
    const call: Call = { id: null, name: null, place: null, held: '', extra: undefined, hasArguments: false }
    calls.push(call)
    return call
  }

  const callOf = ({ index, id, name }: WirePiece): Call => {
    const known = index === null ? last : (byIndex.get(index) ?? null)
    if (!known) return begin()
    const isAnother = name !== null && known.name !== null && (id === null ? index === null : id !== known.id)
    return isAnother ? begin() : known
  }

  return {
    read: (piece) => {
      const call = callOf(piece)
      last = call
      if (piece.index !== null) byIndex.set(piece.index, call)
      call.id ??= piece.id
      call.name ??= piece.name
      call.extra ??= piece.extra
      call.hasArguments ||= piece.arguments.trim() !== ''
      if (call.name === null) {
        call.held += piece.arguments
        return []
      }
      if (call.place !== null)
        return piece.arguments === '' ? [] : [{ type: 'toolCall', index: call.place, arguments: piece.arguments }]
      call.place = placed
      placed += 1
      call.id ??= `call_${randomUUID().replaceAll('-', '')}`
      const { id, name, held, extra } = call
      const first = { id, name, arguments: held + piece.arguments, ...(extra ? { extra } : {}) }
      return [{ type: 'toolCall', index: call.place, ...first }]
    },
    began: () => placed > 0,
    end: () => {
      if (calls.some(({ name }) => name === null)) return null
      // Models write nothing for a tool that takes nothing; who reads the arguments expects JSON.
      return calls.flatMap(({ place, hasArguments }) =>
        place === null || hasArguments ? [] : [{ type: 'toolCall', index: place, arguments: '{}' }]
      )
    },
  }
}

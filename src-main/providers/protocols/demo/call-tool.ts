import type { ToolOffer } from '@main/providers/spec/chat'
import type { DemoRequest } from './demo-request'
import { fillSchema } from './fill-schema'
import { hashText } from './seeded-random'

/** A call that the Demo makes. */
export interface MadeCall {
  id: string
  name: string
  /** JSON text. */
  arguments: string
}

/**
 * The call of a tool where one must be called, with arguments that fit its schema; else null: the Demo understands too little
 * to want one by itself. Where any tool will do, it is the first.
 */
export function callTool({ tools = [], toolChoice }: ToolOffer, request: DemoRequest, seed: number): MadeCall | null {
  const wanted =
    typeof toolChoice === 'object'
      ? tools.find(({ name }) => name === toolChoice.name)
      : toolChoice === 'required'
        ? tools[0]
        : undefined
  if (!wanted) return null
  const text = JSON.stringify(fillSchema({ type: 'object', ...wanted.parameters }, request, seed))
  const hash = hashText(JSON.stringify([seed, request, wanted.name]))
  return { id: `call_${hash.toString(36)}`, name: wanted.name, arguments: text }
}

import type { TextMessage } from '@main/providers/spec/chat'
import type { Material, Setting } from './material'
import type { Pen } from './pen'

/** How the last message ends that asks for a plan. */
const ASKS = /\n?\s*\[[^\]]*(?:\bplan\b|план)[^\]]*\]\s*$/iu
/** A line of the form in which it is asked for: `Beat: what happens, in one sentence.` */
const LABEL = /^(\p{Lu}[\p{L} ]{1,24}): \S/gmu

/**
 * A plan for the next passage, in the form that the system prompt gives: what happens, something to sense, and how it ends.
 * Null where no plan is asked for.
 */
export function planPassage(
  messages: readonly TextMessage[],
  pen: Pen,
  setting: Setting,
  { anywhere }: Material
): string | null {
  const asked = messages.at(-1)
  if (asked?.role !== 'user' || !ASKS.test(asked.content)) return null
  const system = messages.find((message) => message.role === 'system')?.content ?? ''
  const labels = [...system.matchAll(LABEL)].map(([, label]) => label ?? '')
  const [first] = labels
  const middle = labels[Math.floor(labels.length / 2)]
  const last = labels.at(-1)
  const line = (label: string | undefined, text: string) => (label === undefined ? text : `${label}: ${text}`)
  return [
    line(first, pen.write([...setting.events, ...anywhere.events])),
    line(middle, pen.write([...setting.senses, ...anywhere.senses])),
    line(last, pen.write([...setting.hooks, ...anywhere.hooks])),
  ].join('\n')
}

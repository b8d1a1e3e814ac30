import type { EventPayload } from '@contract/events'
import type { GenerationId } from '@contract/ids'
import type { EventHub } from '@main/platform/event-hub'

/** Text on its way to the screen waits for one frame. */
const SCREEN_MS = 16

type Kind = EventPayload<'generation.delta'>['kind']

/** Tells what a generation's answer is so far, as it comes. */
export interface LiveText {
  /** Another attempt at a try begins: what came of the one before it is given up. */
  begin(index: number): void
  add(kind: Kind, text: string): void
  end(): void
}

/** Nobody looks: a row of a batch. */
export const noLiveText: LiveText = { begin: () => {}, add: () => {}, end: () => {} }

export function createLiveText(events: EventHub, id: GenerationId): LiveText {
  const waiting = new Map<Kind, string>()
  const offsets = new Map<Kind, number>()
  let index = 0
  let timer: NodeJS.Timeout | undefined

  const show = () => {
    timer = undefined
    for (const [kind, text] of waiting) {
      const offset = offsets.get(kind) ?? 0
      offsets.set(kind, offset + text.length)
      events.publish('generation.delta', { id, try: index, offset, text, kind })
    }
    waiting.clear()
  }

  return {
    begin: (next) => {
      clearTimeout(timer)
      timer = undefined
      waiting.clear()
      index = next
      // Without a word: what was shown of an attempt at the same try goes.
      for (const [kind, offset] of offsets)
        if (offset > 0) events.publish('generation.delta', { id, try: index, offset: 0, text: '', kind })
      offsets.clear()
    },
    add: (kind, text) => {
      waiting.set(kind, (waiting.get(kind) ?? '') + text)
      timer ??= setTimeout(show, SCREEN_MS)
    },
    end: () => {
      clearTimeout(timer)
      show()
    },
  }
}

import { z } from 'zod'
import type { JsonObject } from '@contract/values'
import type { MediaDefinition } from '@main/providers/spec/definition'
import type { MediaJobs } from '@main/providers/spec/media'
import { clipFile } from './clip-file'
import { songFile } from './song-file'

/** What the Demo makes for a kind of stage. */
const Wire = z.strictObject({ makes: z.enum(['song', 'clip']) })

/** How long the Demo takes unless the settings say otherwise: long enough to see it work. Milliseconds. */
const USUAL_MS = 4000
/** The first part of that time is spent in the queue. */
const QUEUED = 0.25
/** Characters of a text that are sung or drawn. */
const MOST_TEXT = 2000

const Ticket = z.object({ began: z.number(), lasts: z.number(), text: z.string() })

/** Songs and clips as a provider would make them that takes its time: by a job, which can be asked after and outlives the app. */
export function demoJobs(definition: MediaDefinition): MediaJobs {
  const { makes } = Wire.parse(definition.wire)
  return {
    pace: { firstMs: 500, mostMs: 500, giveUpMs: 3_600_000 },
    submit: async (_connection, { text, parameters, signal }) => {
      signal.throwIfAborted()
      const { seconds } = parameters
      const lasts = typeof seconds === 'number' ? seconds * 1000 : USUAL_MS
      return { began: Date.now(), lasts, text: text.slice(0, MOST_TEXT) } satisfies JsonObject
    },
    look: async (_connection, ticket, signal) => {
      signal.throwIfAborted()
      const { began, lasts, text } = Ticket.parse(ticket)
      const passed = lasts === 0 ? 1 : Math.max(0, Date.now() - began) / lasts
      if (passed < QUEUED) return { state: 'queued', done: null }
      if (passed < 1) return { state: 'making', done: (passed - QUEUED) / (1 - QUEUED) }
      const url = `demo:${makes}?${String(new URLSearchParams({ text }))}`
      return { state: 'done', results: [{ url, type: null, title: null }], cost: 0 }
    },
    // Nothing goes on anywhere: it is only waited for.
    cancel: async () => {},
    fetch: async (_connection, { url }, signal) => {
      signal.throwIfAborted()
      const text = new URL(url).searchParams.get('text') ?? ''
      return makes === 'song' ? songFile(text) : await clipFile(text, signal)
    },
  }
}

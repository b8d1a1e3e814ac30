import { MOST_REQUESTS, type GatewayRequest } from '@contract/entities/gateway'
import { cutText } from '@contract/names'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'

/** How long what happens is collected before the window is told: no request waits for that. Milliseconds. */
const TELL_AFTER_MS = 250
/** Characters of what a program may make as long as it likes. */
const LONGEST_TEXT = 300

/** What becomes known of a request while it is answered. */
export type RequestNews = Partial<Omit<GatewayRequest, 'number' | 'at' | 'durationMs'>>

/** One request as it is followed. */
export interface FollowedRequest {
  /** Something became known. */
  note(news: RequestNews): void
  /** It is over. What is said later is not heard. */
  end(news?: RequestNews): void
}

/** The last requests of programs, in memory, for the live view: who asked what when, and nothing of what was said. */
export interface RequestLog {
  begin(request: Pick<GatewayRequest, 'method' | 'path'>): FollowedRequest
  /** The newest first. */
  list(): GatewayRequest[]
  close(): void
}

export function createRequestLog(ports: { events: EventHub; clock: Clock }): RequestLog {
  const { events, clock } = ports
  const kept = new Map<number, GatewayRequest>()
  const changed = new Set<number>()
  let count = 0

  let timer: NodeJS.Timeout | null = null
  const tell = () => {
    timer = null
    const requests = [...changed].flatMap((number) => shown(kept.get(number)))
    changed.clear()
    events.publish('gateway.requests', { requests })
  }
  const touch = (number: number) => {
    changed.add(number)
    timer ??= setTimeout(tell, TELL_AFTER_MS).unref()
  }

  return {
    begin: ({ method, path }) => {
      count += 1
      const number = count
      const began = clock.now()
      const request: GatewayRequest = {
        number,
        at: timestamp(clock),
        keyName: null,
        method,
        path: short(path),
        model: null,
        answeredBy: null,
        attempts: 0,
        inputTokens: null,
        outputTokens: null,
        cost: null,
        status: null,
        durationMs: null,
        error: null,
      }
      kept.set(number, request)
      kept.delete(number - MOST_REQUESTS)
      touch(number)
      const note = (news: RequestNews) => {
        if (request.durationMs !== null) return
        Object.assign(request, news, { model: short(news.model ?? request.model) })
        // One that is so old that it is not kept any more is told of no more.
        if (kept.has(number)) touch(number)
      }
      return {
        note,
        end: (news = {}) => {
          note(news)
          // The computer's clock may be set back meanwhile.
          request.durationMs ??= Math.max(0, Math.round(clock.now() - began))
        },
      }
    },
    list: () =>
      [...kept.values()].toSorted((one, other) => other.number - one.number).flatMap((request) => shown(request)),
    close: () => {
      if (timer) clearTimeout(timer)
      timer = null
    },
  }
}

/** A row as it is told: nobody changes what is kept, and what programs write is made fit for every reader. */
const shown = (request: GatewayRequest | undefined): GatewayRequest[] =>
  request ? [{ ...request, path: wellFormed(request.path), model: wellFormed(request.model) }] : []

function short<Text extends string | null>(text: Text): Text | string {
  return text === null || text.length <= LONGEST_TEXT ? text : cutText(text, LONGEST_TEXT)
}

function wellFormed<Text extends string | null>(text: Text): Text | string {
  return text === null ? text : text.replaceAll(/\p{Cs}/gu, '\ufffd')
}

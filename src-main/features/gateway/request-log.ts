import { MOST_REQUESTS, type GatewayRequest } from '@contract/entities/gateway'
import { cutText } from '@contract/names'
import { atMostEvery } from '@main/jobs/at-most-every'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'

/** How often the window is told, at most. Milliseconds. */
const TELL_EVERY_MS = 250
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

  const telling = atMostEvery(TELL_EVERY_MS, () => {
    const requests = [...changed].flatMap((number) => kept.get(number) ?? [])
    changed.clear()
    if (requests.length > 0) events.publish('gateway.requests', { requests })
  })
  const write = (request: GatewayRequest) => {
    kept.set(request.number, request)
    changed.add(request.number)
    telling.soon()
  }

  return {
    begin: ({ method, path }) => {
      count += 1
      const number = count
      const began = clock.now()
      let current: GatewayRequest = {
        number,
        at: timestamp(clock),
        keyName: null,
        method,
        path: cut(path),
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
      write(current)
      kept.delete(number - MOST_REQUESTS)
      const note = (news: RequestNews) => {
        if (current.durationMs !== null) return
        current = { ...current, ...news, model: cut(news.model ?? current.model) }
        // One that is so old that it is not kept any more does not come back.
        if (kept.has(number)) write(current)
      }
      return {
        note,
        end: (news = {}) => {
          note(news)
          if (current.durationMs !== null) return
          // The computer's clock may be set back meanwhile.
          current = { ...current, durationMs: Math.max(0, Math.round(clock.now() - began)) }
          if (kept.has(number)) write(current)
        },
      }
    },
    list: () => [...kept.values()].toSorted((one, other) => other.number - one.number),
    close: telling.stop,
  }
}

function cut(text: string): string
function cut(text: string | null): string | null
function cut(text: string | null): string | null {
  return text === null ? null : cutText(text, LONGEST_TEXT).replaceAll(/\p{Cs}/gu, '\ufffd')
}

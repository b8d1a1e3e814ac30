import { useEffect, useState } from 'react'
import { MOST_REQUESTS, type GatewayRequest } from '@contract/entities/gateway'
import { bridge, request } from '@renderer/api/bridge'

type ByNumber = ReadonlyMap<number, GatewayRequest>

export interface Requests {
  /** The newest first; null until they were read. */
  requests: readonly GatewayRequest[] | null
  error: unknown
  /** What is shown stands still. */
  paused: boolean
  /** Came since. */
  unseen: number
  pause: () => void
  resume: () => void
}

/** What programs ask, as they ask it. */
export function useRequests(): Requests {
  const [known, setKnown] = useState<ByNumber | null>(null)
  const [held, setHeld] = useState<ByNumber | null>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    let left = false
    const take = (more: readonly GatewayRequest[]) =>
      setKnown((before) => newest(new Map([...(before ?? []), ...more.map((one) => [one.number, one] as const)])))
    const end = bridge().subscribe((event) => {
      if (event.name === 'gateway.requests') take(event.payload.requests)
    })
    // What was heard while this was asked is newer than the answer.
    request('gateway.requests', {}).then(
      (all) =>
        !left &&
        setKnown((heard) => newest(new Map([...all.map((one) => [one.number, one] as const), ...(heard ?? [])]))),
      (reason: unknown) => !left && setError(reason)
    )
    return () => {
      left = true
      end()
    }
  }, [])
  const shown = held ?? known
  return {
    requests: shown && [...shown.values()].toSorted((one, other) => other.number - one.number),
    error,
    paused: held !== null,
    // They are numbered one by one; of those that came, only the newest are kept.
    unseen: held && known ? highest(known) - highest(held) : 0,
    pause: () => setHeld(known),
    resume: () => setHeld(null),
  }
}

const highest = (all: ByNumber): number => [...all.keys()].reduce((one, other) => Math.max(one, other), 0)

function newest(all: Map<number, GatewayRequest>): ByNumber {
  if (all.size <= MOST_REQUESTS) return all
  const from = [...all.keys()].toSorted((one, other) => other - one)[MOST_REQUESTS - 1] ?? 0
  return new Map([...all].filter(([number]) => number >= from))
}

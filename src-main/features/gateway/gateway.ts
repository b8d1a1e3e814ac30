import {
  defaultGatewaySettings,
  isLoopback,
  type Gateway as GatewayView,
  type GatewaySettings,
} from '@contract/entities/gateway'
import { CommonError, FabulaError } from '@contract/errors'
import type { Stores } from '@main/data/stores'
import { inUrl } from '@main/http/host-names'
import type { Listening, Refusal } from '@main/http/listen'
import type { EventHub } from '@main/platform/event-hub'
import type { Logger } from '@main/platform/logger'
import { addressGone, listenProblem } from './listen-problem'
import { isOfThisComputer, knownNames, reachedAt, watchAddress } from './own-addresses'

/** What answers programs, made when the gateway first listens. */
export interface GatewayDoor {
  /** For one place where it listens. */
  open(): OpenDoor
  refusalBody(refusal: Refusal, status: number): unknown
}

/** What answers the programs that come in at one place. */
export interface OpenDoor {
  fetch(request: Request): Response | Promise<Response>
  /** Tells those that are being answered that the gateway stops, and ends their answers. */
  endRequests(): void
}

/** The gateway as a whole: on or off, where it listens. */
export interface Gateway {
  view(): GatewayView
  settings(): GatewaySettings
  /** Whether requests need a key: from other computers always. */
  keyNeeded(): boolean
  switch(on: boolean): Promise<GatewayView>
  /** Throws `bad_input` for an address that is none of this computer. */
  change(change: Partial<GatewaySettings>): Promise<GatewayView>
  /** Listens where it is switched on. */
  start(): Promise<void>
  /** Listens for as long as the app runs, whether or not it is switched on, at the port that is given, or the usual one. */
  run(port: number | null): Promise<GatewayView>
  /** Takes no new request, and lets answers end for so many milliseconds. */
  close(withinMs: number): Promise<void>
}

/** How long answers may go on where the gateway is switched off or listens elsewhere from now on. Milliseconds. */
const LAST_ANSWERS_MS = 60_000

/** How long before that whoever is still being answered is told that it ends. Milliseconds. */
const LAST_WORDS_MS = 500

export function createGateway(ports: {
  stores: Stores
  events: EventHub
  logger: Logger
  loadDoor: () => Promise<GatewayDoor>
}): Gateway {
  const { stores, events, logger, loadDoor } = ports
  /** Each request asks for it: it is read once, and nothing but this writes it. */
  let state: { switchedOn: boolean; settings: GatewaySettings } | null = null
  const stored = () => (state ??= stores.gateway.get() ?? { switchedOn: false, settings: defaultGatewaySettings })
  const save = (next: { switchedOn: boolean; settings: GatewaySettings }) => {
    stores.gateway.save(next)
    state = next
  }
  /** The port of this run, where another than the usual one was asked for. */
  let ownPort: number | null = null
  let running: OpenListener | null = null
  let problem: FabulaError | null = null
  let closed = false
  /** Of the address that is listened on, or would be. */
  let watch: { stop(): void } | null = null
  /** Former listeners whose answers go on. */
  const ending = new Set<OpenListener>()
  /** One change of where it listens at a time. */
  let changes: Promise<unknown> = Promise.resolve()
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = changes.then(work)
    changes = result.catch(() => undefined)
    return result
  }

  const settings = () => stored().settings
  const keyNeeded = () => !isLoopback(settings().address) || settings().keyNeeded

  /** Nobody reaches an address that went, and what listens there never hears of it. */
  const follow = (address: string) => {
    watch?.stop()
    watch = watchAddress(address, (isThere) => {
      void inTurn(async () => {
        if (watch === null || settings().address !== address) return
        if (isThere && !running) await listenAt(address)
        if (!isThere) {
          free(0)
          problem = addressGone(address)
        }
        changed()
      })
    })
  }
  const open = async () => {
    const { address } = settings()
    follow(address)
    await listenAt(address)
  }
  const listenAt = async (address: string) => {
    const port = ownPort ?? settings().port
    try {
      const [{ listen }, door] = await Promise.all([import('@main/http/listen'), loadDoor()])
      const { fetch, endRequests } = door.open()
      const listening = await listen({
        address,
        port,
        hostNames: keyNeeded() ? knownNames() : [],
        fetch,
        refusalBody: (refusal, status) => door.refusalBody(refusal, status),
      })
      running = { ...listening, endRequests }
      problem = null
    } catch (error) {
      problem = await listenProblem(error, address, port)
      logger.warn('The gateway does not listen', { address, port, cause: String(error) })
    }
  }
  /** From now on the port is free; answers go on. */
  const free = (withinMs: number) => {
    if (!running) return
    const former = running
    running = null
    ending.add(former)
    void stop(former, withinMs).finally(() => ending.delete(former))
  }
  const leave = (withinMs: number) => {
    watch?.stop()
    watch = null
    free(withinMs)
  }
  const view = (): GatewayView => {
    const { switchedOn } = stored()
    return {
      settings: settings(),
      switchedOn,
      url: running ? `http://${inUrl(reachedAt(running.address))}:${running.port}/v1` : null,
      problem: problem?.toShape() ?? null,
    }
  }
  const changed = (): GatewayView => {
    events.changed('gateway')
    return view()
  }

  return {
    view,
    settings,
    keyNeeded,
    switch: (on) =>
      inTurn(async () => {
        save({ settings: settings(), switchedOn: on })
        if (on && !running && !closed) await open()
        if (!on) {
          leave(LAST_ANSWERS_MS)
          problem = null
        }
        return changed()
      }),
    change: (change) =>
      inTurn(async () => {
        const before = settings()
        const next = { ...before, ...change }
        if (!isOfThisComputer(next.address))
          throw new FabulaError(CommonError.BadInput, `${next.address} is no address of this computer`, {
            details: { path: 'address', reason: 'is no address of this computer' },
          })
        const { switchedOn } = stored()
        save({ settings: next, switchedOn })
        // Also where its address is gone for now.
        const wasThere = watch !== null
        // Where it listens, and by which names it may be called.
        const moved = (['port', 'address', 'keyNeeded'] as const).some((name) => next[name] !== before[name])
        if (moved) leave(LAST_ANSWERS_MS)
        if (!running && !closed && (switchedOn || wasThere)) await open()
        return changed()
      }),
    start: () =>
      inTurn(async () => {
        if (!stored().switchedOn || running || closed) return
        await open()
        changed()
      }),
    run: (port) =>
      inTurn(async () => {
        ownPort = port
        if (!running && !closed) await open()
        return changed()
      }),
    close: (withinMs) =>
      inTurn(async () => {
        closed = true
        leave(withinMs)
        await Promise.all([...ending].map((former) => stop(former, withinMs)))
      }),
  }
}

interface OpenListener extends Listening, Pick<OpenDoor, 'endRequests'> {}

/** Lets answers end for so many milliseconds; one that has not ended then says why it does. */
function stop({ endRequests, stop: close }: OpenListener, withinMs: number): Promise<void> {
  const timer = setTimeout(endRequests, Math.max(0, withinMs - LAST_WORDS_MS))
  return close(withinMs).finally(() => clearTimeout(timer))
}

import { sentError } from '@test/helpers/sent-error'
import type { Envelope, FabulaBridge } from '@contract/bridge'
import { FabulaError } from '@contract/errors'
import type { AnyEvent } from '@contract/events'
import type { Topic } from '@contract/route'
import {
  isRouteName,
  routes,
  type ParsedInput,
  type RouteInput,
  type RouteName,
  type RouteOutput,
} from '@contract/routes'

/** Answers to routes; one may answer with a promise, or throw a FabulaError to refuse. */
export type Handlers = {
  [Name in RouteName]?: (input: ParsedInput<Name>) => RouteOutput<Name> | Promise<RouteOutput<Name>>
}

export interface InMemoryBridge extends FabulaBridge {
  /** Every request so far, in order. */
  readonly requests: { route: string; input: unknown }[]
  /** The inputs of all requests to one route. */
  inputsOf<Name extends RouteName>(route: Name): RouteInput<Name>[]
  emit(event: AnyEvent): void
  /** Says that data changed, as main does after a command. */
  changed(...topics: Topic[]): void
  /** Says that some rows of a topic changed, and no others. */
  changedRows(topic: Topic, ...ids: string[]): void
  /** Replaces or adds answers. */
  answer(handlers: Handlers): void
}

const refused = (error: FabulaError): Envelope => ({ ok: false, error: error.toShape() })

/**
 * A bridge for component tests. Input and output are checked against the contract, so that a test fails when a
 * component asks for, or a test answers with, what main could not.
 */
export function createInMemoryBridge(handlers: Handlers): InMemoryBridge {
  let current: Record<string, unknown> = { ...handlers }
  const listeners = new Set<(event: AnyEvent) => void>()
  const requests: { route: string; input: unknown }[] = []
  const emit = (event: AnyEvent) => {
    for (const listener of listeners) listener(event)
  }

  return {
    requests,
    inputsOf: <Name extends RouteName>(route: Name) =>
      requests.filter((asked) => asked.route === route).map(({ input }) => input as RouteInput<Name>),
    emit,
    changed: (...topics) => emit({ name: 'data.changed', payload: { topics, only: {} } }),
    changedRows: (topic, ...ids) =>
      emit({ name: 'data.changed', payload: { topics: [topic], only: { [topic]: ids } } }),
    answer: (more) => {
      current = { ...current, ...more }
    },
    async request(route, input) {
      requests.push({ route, input })
      if (!isRouteName(route)) return refused(sentError('unknown_route', `No route ${route}`))
      const handler = current[route]
      if (typeof handler !== 'function') throw new Error(`The test has no answer to ${route}`)
      const parsed = routes[route].input.safeParse(input)
      if (!parsed.success) return refused(sentError('bad_input', parsed.error.message))
      try {
        const data: unknown = await handler(parsed.data)
        return { ok: true, data: routes[route].output.parse(data) }
      } catch (error) {
        if (error instanceof FabulaError) return refused(error)
        throw error
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

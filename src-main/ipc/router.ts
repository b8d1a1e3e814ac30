import type { Envelope } from '@contract/bridge'
import { CommonError, ErrorCode, FabulaError } from '@contract/errors'
import { isDeeperThan } from '@main/platform/nesting'
import { isRouteName, routes, type ParsedInput, type RouteName, type RouteOutput } from '@contract/routes'

/** One handler for each route: one that is missing, or too many, is an error of the compiler. */
export type Handlers = {
  [Name in RouteName]: (input: ParsedInput<Name>) => RouteOutput<Name> | Promise<RouteOutput<Name>>
}

/** The handlers of some routes; the domains' are put together in `core/`. */
export type HandlersOf<Prefix extends string> = Pick<Handlers, Extract<RouteName, `${Prefix}.${string}`>>

export type Router = (route: string, input: unknown) => Promise<Envelope>

/** Levels of lists and objects in one another. Files allow a few more, so that what was taken here fits into one. */
const DEEPEST = 50

/** Calls a route by its name. The input must fit before the handler sees it. Throws what is wrong with it, or the handler throws. */
export type RouteCaller = <Name extends RouteName>(name: Name, input: unknown) => Promise<RouteOutput<Name>>

export function createRouteCaller(handlers: Handlers): RouteCaller {
  return async <Name extends RouteName>(name: Name, input: unknown): Promise<RouteOutput<Name>> => {
    // Before anything looks into it: whatever does calls itself for each level.
    if (isDeeperThan(input, DEEPEST))
      throw new FabulaError(CommonError.TooDeep, `${name}: the input is nested more than ${DEEPEST} levels deep`, {
        details: { limit: DEEPEST },
      })
    const parsed = routes[name].input.safeParse(input)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      const path = (issue?.path ?? []).join('.')
      // A schema may know better what is wrong.
      const own = issue?.code === 'custom' ? ErrorCode.safeParse(issue.params?.['code']).data : undefined
      throw new FabulaError(
        own ?? CommonError.BadInput,
        `${name}: ${path === '' ? 'input' : path}: ${issue?.message ?? ''}`,
        {
          details: { path, reason: issue?.message ?? '' },
        }
      )
    }
    const handler: (input: never) => RouteOutput<Name> | Promise<RouteOutput<Name>> = handlers[name]
    // The input was just parsed by this route's own schema, which is what its handler takes.
    return await handler(parsed.data as never)
  }
}

/** Answers requests: the route must be known, and what is thrown becomes the error of the answer. */
export function createRouter(call: RouteCaller, toUserError: (error: unknown) => FabulaError): Router {
  return async (route, input) => {
    try {
      if (!isRouteName(route))
        throw new FabulaError(CommonError.UnknownRoute, 'There is no such request', {
          details: { name: route.slice(0, 80) },
        })
      return { ok: true, data: await call(route, input) }
    } catch (error) {
      return { ok: false, error: toUserError(error).toShape() }
    }
  }
}

import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'

/**
 * Lets web pages ask only where their origin is allowed by name. A browser names the origin of a page with each of its
 * requests that could do something; a page that is not allowed is refused, not merely kept from reading the answer: the
 * request itself may cost money. Programs that are no browser name no origin, and pass.
 *
 * @param allowed origins as browsers name them (`https://example.org`); asked for each request
 * @param refuse answers a page that is not allowed
 */
export function allowOrigins(options: {
  allowed: () => readonly string[]
  exposed: readonly string[]
  refuse: (origin: string, request: { method: string; path: string }) => Response
}): MiddlewareHandler {
  const { allowed, exposed, refuse } = options
  const forAllowed = cors({ origin: (origin) => origin, exposeHeaders: [...exposed], maxAge: 600 })
  return (context, next) => {
    const origin = context.req.header('origin')
    if (origin === undefined) return next()
    return allowed().includes(origin) ? forAllowed(context, next) : Promise.resolve(refuse(origin, context.req))
  }
}

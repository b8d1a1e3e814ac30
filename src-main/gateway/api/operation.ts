import type { z } from 'zod'
import type { JsonObject } from '@contract/values'
import { cutText } from '@contract/names'
import { ApiError, badField } from '@main/gateway/api-error'
import { fitting, readBody } from '@main/gateway/request-body'
import type { Caller } from '@main/gateway/visit'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A request as a route is handed it. */
export interface ApiRequest {
  raw: Request
  /** The parts of the path that its braces name, decoded. */
  path: Readonly<Record<string, string>>
  /** Every value of each name behind the question mark. */
  query: Readonly<Record<string, readonly string[]>>
  /** Null for what needs no key. */
  caller: Caller | null
  /** Aborts when the program leaves, or its key is revoked. */
  signal: AbortSignal
  /** Says that the answer goes on when its head is out; what it gives is called at the end of it. */
  stays: () => (left: boolean) => void
}

/** What an operation works with: checked, with defaults filled in. */
interface Given<Path, Query, Body> {
  path: Path
  query: Query
  body: Body
  caller: Caller | null
  /** Aborts when the program leaves, or its key is revoked. */
  signal: AbortSignal
  stays: ApiRequest['stays']
}

/** Something that the API does, as the document tells it. What it tells, and what checks a request, are the same schemas. */
interface OperationFacts {
  /** Names it in the document, and in programs made of it: `createServer`. */
  id: string
  method: Method
  /** `/api/servers/{id}` */
  path: string
  /** One line. */
  summary: string
  /** What more there is to say, in Markdown. */
  description?: string
  tag: string
  success: {
    status: 200 | 201 | 202 | 204
    description: string
    schema?: z.ZodType
    /** What else the answer may be than JSON of this schema. */
    mediaTypes?: readonly string[]
  }
  /** Another success: 200 beside 202. */
  otherSuccess?: { status: 200; description: string; schema: z.ZodType }
  /** Statuses of failures beside those that every operation has. */
  failures?: readonly FailureStatus[]
  /** A body that is taken once its ids are those of things that there are. */
  example?: JsonObject
  /** Needs no key, or one that may no more than ask models. */
  isOpen?: boolean
  isForAnyKey?: boolean
}

export type FailureStatus = 404 | 409 | 502 | 504

/** An operation as the document tells it. */
export interface DescribedOperation extends OperationFacts {
  pathSchema: z.ZodObject | null
  querySchema: z.ZodObject | null
  bodySchema: z.ZodType | null
}

export interface Operation extends DescribedOperation {
  answer(request: ApiRequest): Promise<Response>
}

interface Definition<
  Path extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> extends OperationFacts {
  pathSchema?: Path
  querySchema?: Query
  bodySchema?: Body
  /** Bytes of its body, where it takes more or less than usual. */
  mostBytes?: number
  /** The same for the values in all lists and objects of its body. */
  mostValues?: number
  success: OperationFacts['success'] & { schema?: Answer }
  /** The address of what was made. */
  location?: (made: z.output<Answer>) => string
  /** The body of the answer; null for none; or an answer of its own kind. */
  run(
    given: Given<z.output<Path>, z.output<Query>, z.output<Body>>
  ): Promise<z.output<Answer> | Response | null> | z.output<Answer> | Response | null
}

/** Bytes of a body, unless an operation says otherwise. */
const USUAL_BYTES = 4_000_000

/** Puts an operation together with what checks its requests. */
export function operation<
  Path extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(definition: Definition<Path, Query, Body, Answer>): Operation {
  const {
    pathSchema,
    querySchema,
    bodySchema,
    mostBytes = USUAL_BYTES,
    mostValues,
    location,
    run,
    ...facts
  } = definition

  // Without a schema, nothing is promised of a part of a request.
  const pathOf = (given: ApiRequest['path']): z.output<Path> => {
    if (!pathSchema) return {} as z.output<Path>
    const parsed = pathSchema.safeParse(given)
    // A name that nothing can have is one that nothing has.
    if (!parsed.success) throw nothingThere()
    return parsed.data
  }
  const queryOf = (given: ApiRequest['query']): z.output<Query> => {
    const known = Object.keys(querySchema?.shape ?? {})
    for (const [name, values] of Object.entries(given)) {
      if (!known.includes(name)) throw badField(cutText(name, 100), `There is no parameter \`${cutText(name, 100)}\`.`)
      if (values.length > 1) throw badField(name, `\`${name}\` is there more than once. Say it once.`)
    }
    const single = Object.fromEntries(Object.entries(given).map(([name, values]) => [name, values[0]]))
    return querySchema ? fitting(single, querySchema) : ({} as z.output<Query>)
  }
  const bodyOf = async (request: Request): Promise<z.output<Body>> => {
    if (!bodySchema) return undefined as z.output<Body>
    checkMediaType(request)
    return readBody(request, bodySchema, mostBytes, mostValues)
  }

  return {
    ...facts,
    pathSchema: pathSchema ?? null,
    querySchema: querySchema ?? null,
    bodySchema: bodySchema ?? null,
    answer: async ({ raw, path, query, ...others }) => {
      const [ofPath, ofQuery] = [pathOf(path), queryOf(query)]
      const body = await bodyOf(raw)
      const made = await run({ path: ofPath, query: ofQuery, body, ...others })
      if (made instanceof Response) return made
      const { status } = facts.success
      if (made === null) return new Response(null, { status })
      return Response.json(made, { status, ...(location ? { headers: { location: location(made) } } : {}) })
    },
  }
}

export const nothingThere = (): ApiError =>
  new ApiError(404, 'not_found', 'There is nothing of this name. It may have been deleted: read the list again.')

/** A form on a web page can send anything but JSON without asking first. */
function checkMediaType(request: Request): void {
  const type = request.headers.get('content-type') ?? ''
  if (/^application\/json\s*(?:;|$)/i.test(type.trim())) return
  throw new ApiError(
    415,
    'unsupported_media_type',
    'The body must be JSON. Send it with the header `Content-Type: application/json`.'
  )
}

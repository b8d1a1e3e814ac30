import { z } from 'zod'
import type { Source } from './failures'

/** More than any provider has; it ends a server that answers with the same page again and again. */
const MOST_PAGES = 100

/** One page of `GET /models`. OpenRouter counts (`total_count`) and links (`links.next`) its pages; most have one. */
export const ListPage = z.looseObject({
  data: z.array(z.unknown()),
  links: z
    .looseObject({ next: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
  total_count: z.number().nullish().catch(null),
})
export type ListPage = z.infer<typeof ListPage>

/** The rows of a list, page by page, from a path below the base URL on. */
export async function* listPages(
  connection: Source,
  path: string,
  ask: (path: string) => Promise<ListPage>
): AsyncGenerator<unknown[]> {
  let next: string | null = path
  let count = 0
  for (let page = 0; next !== null && page < MOST_PAGES; page += 1) {
    // Each page says where the next one is.
    const answer: ListPage = await ask(next)
    yield answer.data
    count += answer.data.length
    next = answer.data.length === 0 ? null : nextPath(connection, path, answer, count)
  }
}

/** Where the next page is, as a path below the base URL or as an address; null after the last one. */
function nextPath(connection: Source, path: string, page: ListPage, count: number): string | null {
  const link = page.links?.next
  if (link) {
    const base = new URL(connection.baseUrl)
    return URL.canParse(link, base.href) && new URL(link, base).origin === base.origin ? new URL(link, base).href : null
  }
  if (typeof page.total_count !== 'number' || page.total_count <= count) return null
  return `${path}${path.includes('?') ? '&' : '?'}offset=${count}`
}

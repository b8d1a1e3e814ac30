import { z } from 'zod'
import type { ModelFacts } from '@contract/entities/model'
import { badAnswer, tooLarge } from '@main/providers/kit/failures'
import { getJson } from '@main/providers/kit/get-json'
import { limits } from '@main/providers/kit/limits'
import type { Connection } from '@main/providers/spec/protocol'
import { factsOf } from './model-rows'

/** More than there are; it ends a server that answers with the same page again and again. */
const MOST_PAGES = 100

const Page = z.looseObject({
  data: z.array(z.unknown()),
  has_more: z.boolean().nullish().catch(null),
  last_id: z.string().nullish().catch(null),
})

/** Every model of every list in the definition, page by page. */
export async function* listModels(connection: Connection, signal: AbortSignal): AsyncIterable<ModelFacts[]> {
  const seen = new Set<string>()
  for (const { path, kind } of connection.definition.modelLists) {
    let after: string | null = null
    for (let count = 0; count < MOST_PAGES; count += 1) {
      const answer: unknown = await getJson(connection, pagePath(path, after), signal)
      const page = Page.safeParse(answer)
      if (!page.success) throw badAnswer(connection, 'wrong_shape')
      const facts = page.data.data.flatMap((row) => factsOf(connection.definition, kind, row) ?? [])
      const fresh = facts.filter(({ model }) => !seen.has(model))
      for (const { model } of fresh) seen.add(model)
      if (seen.size > limits.models) throw tooLarge(connection, 'models')
      yield fresh
      after = page.data.last_id ?? null
      if (!page.data.has_more || after === null) break
    }
  }
}

const pagePath = (path: string, after: string | null): string =>
  after === null ? path : `${path}${path.includes('?') ? '&' : '?'}after_id=${encodeURIComponent(after)}`

import type OpenAI from 'openai'
import type { ModelFacts, ModelKind } from '@contract/entities/model'
import { badAnswer, requestFailure, tooLarge } from '@main/providers/kit/failures'
import { limits } from '@main/providers/kit/limits'
import type { Connection } from '@main/providers/spec/protocol'
import { createClient } from './client'
import { readContexts } from './context-sources'
import { factsOf, ModelPage, ownerOf } from './model-rows'

/** More than any provider has; it ends a server that answers with the same page again and again. */
const MOST_PAGES = 100

/** Every model of every list in the definition, page by page. */
export async function* listModels(connection: Connection, signal: AbortSignal): AsyncIterable<ModelFacts[]> {
  const client = createClient(connection, signal)
  const seen = new Set<string>()
  for (const list of connection.definition.modelLists) {
    for await (const rows of pages(connection, client, list.path, signal)) {
      const facts = await withContexts(connection, rows, list.kind, signal)
      // Lists may overlap, and a model that is added while they are read moves others to the next page.
      const fresh = facts.filter((model) => !seen.has(model.model))
      for (const model of fresh) seen.add(model.model)
      if (seen.size > limits.models) throw tooLarge(connection, 'models')
      yield fresh
    }
  }
}

/** What the rows of a page say, with what the server tells elsewhere of the models' contexts. */
async function withContexts(
  connection: Connection,
  rows: readonly unknown[],
  kind: ModelKind,
  signal: AbortSignal
): Promise<ModelFacts[]> {
  const listed = rows.flatMap((row) => {
    const facts = factsOf(connection.definition, kind, row)
    return facts ? [{ ...facts, owner: ownerOf(row) }] : []
  })
  const contextOf = await readContexts(connection, listed, signal)
  return listed.map(({ owner: _owner, ...facts }) => ({
    ...facts,
    contextLength: contextOf(facts.model) ?? facts.contextLength,
  }))
}

async function* pages(connection: Connection, client: OpenAI, path: string, signal: AbortSignal) {
  let next: string | null = path
  let count = 0
  for (let page = 0; next !== null && page < MOST_PAGES; page += 1) {
    const answer: ModelPage = await getPage(connection, client, next, signal)
    yield answer.data
    count += answer.data.length
    next = answer.data.length === 0 ? null : nextPath(connection, path, answer, count)
  }
}

async function getPage(connection: Connection, client: OpenAI, path: string, signal: AbortSignal): Promise<ModelPage> {
  let answer: unknown
  try {
    answer = await client.get<unknown>(path, { signal })
  } catch (error) {
    throw requestFailure(connection, error, signal)
  }
  // Some servers list their models as a bare array.
  const page = ModelPage.safeParse(Array.isArray(answer) ? { data: answer } : answer)
  if (!page.success) throw badAnswer(connection, 'wrong_shape')
  return page.data
}

/** Where the next page is, as an address or as a path below the base URL; null after the last one. */
function nextPath(connection: Connection, path: string, page: ModelPage, count: number): string | null {
  const link = page.links?.next
  if (link) {
    const base = new URL(connection.baseUrl)
    return URL.canParse(link, base.href) && new URL(link, base).origin === base.origin ? new URL(link, base).href : null
  }
  if (typeof page.total_count !== 'number' || page.total_count <= count) return null
  return `${path}${path.includes('?') ? '&' : '?'}offset=${count}`
}

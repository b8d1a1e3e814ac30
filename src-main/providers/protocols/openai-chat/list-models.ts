import type OpenAI from 'openai'
import type { ModelFacts, ModelKind } from '@contract/entities/model'
import { badAnswer, requestFailure, tooLarge } from '@main/providers/kit/failures'
import { limits } from '@main/providers/kit/limits'
import { ListPage, listPages } from '@main/providers/kit/list-pages'
import type { Connection } from '@main/providers/spec/protocol'
import { createClient } from './client'
import { readContexts } from './context-sources'
import { factsOf, ownerOf } from './model-rows'

/** Every model of every list in the definition, page by page. */
export async function* listModels(connection: Connection, signal: AbortSignal): AsyncIterable<ModelFacts[]> {
  const client = createClient(connection, signal)
  const seen = new Set<string>()
  for (const list of connection.definition.modelLists) {
    const ask = (path: string) => getPage(connection, client, path, signal)
    for await (const rows of listPages(connection, list.path, ask)) {
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

async function getPage(connection: Connection, client: OpenAI, path: string, signal: AbortSignal): Promise<ListPage> {
  let answer: unknown
  try {
    answer = await client.get<unknown>(path, { signal })
  } catch (error) {
    throw requestFailure(connection, error, signal)
  }
  // Some servers list their models as a bare array.
  const page = ListPage.safeParse(Array.isArray(answer) ? { data: answer } : answer)
  if (!page.success) throw badAnswer(connection, 'wrong_shape')
  return page.data
}

import { z } from 'zod'
import { getJson } from '@main/providers/kit/get-json'
import { numberAt, valueAt } from '@main/providers/kit/number-at'
import type { ProviderDefinition } from '@main/providers/spec/definition'
import type { Connection } from '@main/providers/spec/protocol'

/** How many tokens a listed model really reads; null when no source tells. */
export type ContextOf = (model: string) => number | null

const Tokens = z.number().int().positive()

/**
 * Asks the sources in the definition. One that does not answer, or answers something else, tells nothing: the list of
 * models is worth having without it. Throws only the signal's reason.
 *
 * @param listed the models of the list, with whose they are
 */
export async function readContexts(
  connection: Connection,
  listed: readonly { model: string; owner: string | null }[],
  signal: AbortSignal
): Promise<ContextOf> {
  const found = new Map<string, number>()
  for (const source of connection.definition.contextSources) {
    if (source.ownedBy !== undefined && !listed.some(({ owner }) => owner === source.ownedBy)) continue
    let answer: unknown
    try {
      answer = await getJson(connection, source.path, signal)
    } catch {
      signal.throwIfAborted()
      continue
    }
    for (const [model, tokens] of told(source, answer, listed)) if (!found.has(model)) found.set(model, tokens)
  }
  return (model) => found.get(model) ?? null
}

type Source = ProviderDefinition['contextSources'][number]

function told({ field, rows, id }: Source, answer: unknown, listed: readonly { model: string }[]): [string, number][] {
  if (rows !== undefined) {
    const list = valueAt(answer, rows)
    return (Array.isArray(list) ? list : []).flatMap((row: unknown) => {
      const model = valueAt(row, id)
      return typeof model === 'string' ? pair(model, numberAt(row, field)) : []
    })
  }
  const named = valueAt(answer, id)
  const model = typeof named === 'string' ? named : listed.length === 1 ? listed[0]?.model : undefined
  return model === undefined ? [] : pair(model, numberAt(answer, field))
}

function pair(model: string, tokens: number | null): [string, number][] {
  const valid = Tokens.safeParse(tokens)
  return valid.success ? [[model, valid.data]] : []
}

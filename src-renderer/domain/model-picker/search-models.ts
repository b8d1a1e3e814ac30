import type { ModelKind } from '@contract/entities/model'
import { passes, type ModelFilter } from './model-filter'
import type { IndexedModel } from './model-index'

export interface ModelQuery {
  text: string
  kind: ModelKind
  filter: ModelFilter
  /** Keys of models used lately, the last one first. */
  recent: readonly string[]
}

export interface ModelGroup {
  /** `recent`, or the server's or provider's id. */
  id: string
  entries: IndexedModel[]
}

const isWordStart = (text: string, at: number) => at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1))

/** How far from the best place a word was found: 0 begins the name, 5 is only in the provider's name; -1 nowhere. */
function distance(entry: IndexedModel, word: string): number {
  const inName = entry.name.indexOf(word)
  if (inName === 0) return 0
  if (inName > 0 && isWordStart(entry.name, inName)) return 1
  const inId = entry.id.indexOf(word)
  if (inId >= 0 && isWordStart(entry.id, inId)) return 2
  if (inName > 0) return 3
  if (inId >= 0) return 4
  return entry.place.includes(word) ? 5 : -1
}

interface Found {
  entry: IndexedModel
  score: number
}

function score(entry: IndexedModel, words: readonly string[]): number {
  let total = 0
  for (const word of words) {
    const found = distance(entry, word)
    if (found < 0) return -1
    total += found
  }
  return total
}

/**
 * The models that are switched on, pass the filter and have every word somewhere in their name, id, provider or server,
 * by group: local servers first, then providers. Within a group the best comes first: where the words stand, then what was used lately, then what can
 * answer, then shorter names. With nothing typed, models used lately make a group of their own at the top.
 */
export function searchModels(index: readonly IndexedModel[], query: ModelQuery): ModelGroup[] {
  const words = query.text.toLowerCase().split(/\s+/).filter(Boolean)
  const recency = new Map(query.recent.map((key, place) => [key, place]))
  const found: Found[] = []
  for (const entry of index) {
    if (entry.model.kind !== query.kind || !passes(entry, query.filter)) continue
    const points = score(entry, words)
    if (points >= 0) found.push({ entry, score: points })
  }
  const groups = new Map<string, Found[]>()
  if (words.length === 0) {
    const used = found.filter(({ entry }) => recency.has(entry.key))
    if (used.length > 0) {
      const place = ({ entry }: Found) => recency.get(entry.key) ?? 0
      groups.set(
        'recent',
        used.toSorted((one, other) => place(one) - place(other))
      )
    }
  }
  for (const each of found) {
    const id = each.entry.server?.id ?? each.entry.provider.id
    const group = groups.get(id)
    if (group) group.push(each)
    else groups.set(id, [each])
  }
  if (words.length > 0) {
    const last = recency.size
    for (const group of groups.values()) {
      group.sort(
        (one, other) =>
          one.score - other.score ||
          (recency.get(one.entry.key) ?? last) - (recency.get(other.entry.key) ?? last) ||
          Number(one.entry.trouble !== null) - Number(other.entry.trouble !== null) ||
          one.entry.name.length - other.entry.name.length ||
          one.entry.order - other.entry.order
      )
    }
  }
  return [...groups].map(([id, group]) => ({ id, entries: group.map(({ entry }) => entry) }))
}

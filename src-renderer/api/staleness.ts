import type { QueryKey } from '@tanstack/react-query'
import { z } from 'zod'
import type { EventPayload } from '@contract/events'
import { hasRows, type Narrowing, type Topic } from '@contract/route'
import { isRouteName, routes, type RouteName } from '@contract/routes'

/** What is out of date of an answer: the whole of it, or some rows of a list. */
export type Stale = 'all' | ReadonlySet<string>

/** More rows than these are not asked for one by one. */
const MOST_ROWS = 50

/** What a change means for an answer; null where it still holds. */
export function staleness(queryKey: QueryKey, { topics, only }: EventPayload<'data.changed'>): Stale | null {
  const [name, input] = queryKey
  if (typeof name !== 'string' || !isRouteName(name)) return null
  const { reads }: { reads: readonly Topic[] } = routes[name]
  const route = narrowingOf(name)
  const rows = new Set<string>()
  for (const topic of reads.filter((read) => topics.includes(read))) {
    const ids = hasRows(topic) ? only[topic] : undefined
    if (!ids || !hasRows(topic)) return 'all'
    const fields = [route.about?.[topic] ?? []].flat()
    const about = fields.flatMap((field) => fieldOf(input, field) ?? [])
    if (about.length > 0) {
      if (about.some((id) => ids.includes(id))) return 'all'
    } else if (route.rows?.topics.includes(topic)) for (const id of ids) rows.add(id)
    else return 'all'
  }
  if (rows.size > MOST_ROWS) return 'all'
  return rows.size > 0 ? rows : null
}

/** What is out of date after two changes. */
export function joined(one: Stale, other: Stale): Stale {
  if (one === 'all' || other === 'all') return 'all'
  const rows = new Set([...one, ...other])
  return rows.size > MOST_ROWS ? 'all' : rows
}

function fieldOf(input: unknown, field: string): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined
  const value: unknown = Object.entries(input).find(([name]) => name === field)?.[1]
  return typeof value === 'string' ? value : undefined
}

const Row = z.looseObject({ id: z.string() })
const Rows = z.array(Row)

/**
 * A list with some of its rows read anew: what is no longer there goes, and the order is kept. Null where the order is not
 * known without the whole list: a row came or moved.
 */
export function withRows(
  list: unknown,
  ids: ReadonlySet<string>,
  fresh: unknown,
  order: NonNullable<Narrowing['rows']>['order']
): unknown {
  const known = Rows.parse(list)
  const changed = new Map(Rows.parse(fresh).map((row) => [row.id, row]))
  if ('newest' in order) {
    const time = (row: z.infer<typeof Row>) => String(row[order.newest])
    return [...changed.values(), ...known.filter(({ id }) => !ids.has(id))].toSorted((a, b) =>
      time(b).localeCompare(time(a))
    )
  }
  const stays = (row: z.infer<typeof Row>) => {
    const now = changed.get(row.id)
    return !now || order.by.every((field) => now[field] === row[field])
  }
  const isNew = [...changed.keys()].some((id) => !known.some((row) => row.id === id))
  if (isNew || !known.every(stays)) return null
  return known.flatMap((row) => (ids.has(row.id) ? (changed.get(row.id) ?? []) : row))
}

export const narrowingOf = (name: RouteName): Narrowing => routes[name]

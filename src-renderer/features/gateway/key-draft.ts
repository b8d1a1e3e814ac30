import { NewGatewayKey, type GatewayKey } from '@contract/entities/gateway'

/** What stands in the fields of a key's form. Empty: no limit. */
export interface KeyDraft {
  name: string
  models: string[]
  manages: boolean
  requestsPerMinute: number | string
  tokensPerDay: number | string
  dollarsPerDay: number | string
  /** The last day on which it works, in local time, as `2026-11-22`. */
  lastDay: string
}

export const keyDraftOf = (key: GatewayKey | undefined): KeyDraft => ({
  name: key?.name ?? '',
  models: key?.models ?? [],
  manages: key?.manages ?? false,
  requestsPerMinute: key?.requestsPerMinute ?? '',
  tokensPerDay: key?.tokensPerDay ?? '',
  dollarsPerDay: key?.dollarsPerDay ?? '',
  lastDay: key?.expiresAt ? dayBefore(key.expiresAt) : '',
})

export type WrongField = keyof KeyDraft

/** The key that a form asks for, or the field that cannot be used. */
export function readKeyDraft(draft: KeyDraft): { key: NewGatewayKey } | { wrong: WrongField } {
  const read = NewGatewayKey.safeParse({
    name: draft.name,
    models: draft.models.length === 0 ? null : draft.models,
    manages: draft.manages,
    requestsPerMinute: numberOf(draft.requestsPerMinute),
    tokensPerDay: numberOf(draft.tokensPerDay),
    dollarsPerDay: numberOf(draft.dollarsPerDay),
    expiresAt: draft.lastDay === '' ? null : dayAfter(draft.lastDay),
  })
  if (read.success) return { key: read.data }
  const field = read.error.issues[0]?.path[0]
  if (field === 'expiresAt') return { wrong: 'lastDay' }
  const known = (['models', 'requestsPerMinute', 'tokensPerDay', 'dollarsPerDay'] as const).find((one) => one === field)
  return { wrong: known ?? 'name' }
}

const numberOf = (value: number | string): number | null => (value === '' ? null : Number(value))

/** The midnight at the end of a day; an unfinished date is handed on to be refused. */
function dayAfter(day: string): string {
  const [year = Number.NaN, month = Number.NaN, date = Number.NaN] = day.split('-').map(Number)
  const midnight = new Date(year, month - 1, date + 1)
  return Number.isNaN(midnight.getTime()) ? day : midnight.toISOString()
}

function dayBefore(midnight: string): string {
  const last = new Date(Date.parse(midnight) - 1)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${last.getFullYear()}-${two(last.getMonth() + 1)}-${two(last.getDate())}`
}

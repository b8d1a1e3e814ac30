import type { ColumnMapping, RowFault } from '@contract/entities/batch'
import type { InputValues, InputVariable } from '@contract/entities/template'
import type { ErrorShape } from '@contract/errors'
import type { RouteOutput } from '@contract/routes'
import type { RowInputs } from '@main/generation/batch-rows'

/** A list of inputs as the user gave it. */
export interface GivenList {
  text: string
  fileName: string
}

/** The same, with the columns that belong to variables. */
export interface MappedList extends GivenList {
  mapping: ColumnMapping
}

/** What a list has, before its columns belong to anything. */
export type ListHead = RouteOutput<'batches.read'>

/** What a batch with a list would be. */
export interface ListPlan {
  rows: number
  faulty: number
  /** The first of them. */
  faults: RowFault[]
  /** Some of the rows that can be used, from all over the list. */
  sample: InputValues[]
}

/**
 * What a thread is asked about one list: what it has; what is wrong with its rows; or its rows themselves, which it gives
 * in parts, each when it is asked for.
 */
export type ListQuestion =
  | { ask: 'head'; list: GivenList; variables: readonly InputVariable[] }
  | { ask: 'plan'; list: MappedList; variables: readonly InputVariable[] }
  | { ask: 'rows'; list: MappedList; variables: readonly InputVariable[] }

/** A part of the rows. */
export interface ListPart {
  rows: RowInputs[]
  /** Of the whole list. */
  total: number
  /** The first row that cannot be used; null for none. */
  faulty: RowInputs | null
  last: boolean
}

export type ListAnswer =
  | { head: ListHead }
  | { plan: ListPlan }
  | { part: ListPart }
  /** The list cannot be read. */
  | { error: ErrorShape }
  | { fault: string }

/** What goes to the thread: a question, or that the next part of its rows is wanted. */
export type ToListThread = { id: number; question: ListQuestion } | { next: number }
export interface FromListThread {
  /** Of the question. */
  id: number
  answer: ListAnswer
}

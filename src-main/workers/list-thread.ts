import { parentPort } from 'node:worker_threads'
import { FabulaError } from '@contract/errors'
import { guessedMapping, readList, rowsOf, type RowInputs } from '@main/generation/batch-rows'
import type { FromListThread, ListAnswer, ListHead, ListPlan, ListQuestion, ToListThread } from './list-questions'

/** Rows of a list that are shown before a batch is begun, and faults. */
const FIRST = 20
const MOST_FAULTS = 1000
/** Rows that are looked at for an estimate. */
const SAMPLED = 8
/** Rows of a part, and characters of their values: what the other side takes in within a few milliseconds. */
const PART = 500
const PART_LENGTH = 500_000

function headOf({ list, variables }: Extract<ListQuestion, { ask: 'head' }>): ListHead {
  const { format, columns, rows } = readList(list.text, list.fileName)
  return {
    format,
    columns,
    rows: rows.length,
    mapping: guessedMapping(variables, columns),
    first: rows.slice(0, FIRST).map(({ line, values }) => ({ line, values })),
  }
}

function planOf(rows: readonly RowInputs[]): ListPlan {
  const usable = rows.filter(({ faults }) => faults.length === 0)
  const step = Math.max(1, Math.floor(usable.length / SAMPLED))
  return {
    rows: rows.length,
    faulty: rows.length - usable.length,
    faults: rows.flatMap(({ faults }) => faults).slice(0, MOST_FAULTS),
    sample: usable
      .filter((_, at) => at % step === 0)
      .slice(0, SAMPLED)
      .map(({ inputs }) => inputs),
  }
}

/** Gives the rows part by part. */
function partsOf(rows: readonly RowInputs[]): () => ListAnswer {
  const faulty = rows.find(({ faults }) => faults.length > 0) ?? null
  let given = 0
  return () => {
    const from = given
    let length = 0
    while (given < rows.length && given - from < PART && length < PART_LENGTH) {
      length += JSON.stringify(rows[given]?.inputs).length
      given += 1
    }
    return { part: { rows: rows.slice(from, given), total: rows.length, faulty, last: given === rows.length } }
  }
}

/** Of the list whose rows were asked for last. */
let next: () => ListAnswer = partsOf([])

async function answerTo(question: ListQuestion): Promise<ListAnswer> {
  switch (question.ask) {
    case 'head':
      return { head: headOf(question) }
    case 'plan':
      return { plan: planOf(await rowsOf(question.variables, question.list)) }
    case 'rows':
      next = partsOf(await rowsOf(question.variables, question.list))
      return next()
  }
}

const tell = (message: FromListThread) => parentPort?.postMessage(message)

parentPort?.on('message', async (message: ToListThread) => {
  if ('next' in message) {
    const answer = next()
    // Nothing of a list is kept longer than it is asked for.
    if ('part' in answer && answer.part.last) next = partsOf([])
    return tell({ id: message.next, answer })
  }
  const { id, question } = message
  try {
    tell({ id, answer: await answerTo(question) })
  } catch (error) {
    const known = error instanceof FabulaError ? error.toShape() : null
    tell({
      id,
      answer: known ? { error: known } : { fault: error instanceof Error ? (error.stack ?? '') : String(error) },
    })
  }
})

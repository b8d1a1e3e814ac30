import { ProviderError } from '@contract/errors'
import { isObject } from '@contract/json'
import type { JsonObject, JsonValue } from '@contract/values'
import { badAnswer, mediaGone, mediaNotMade, refusal, type Source } from '@main/providers/kit/failures'
import { mergeInto } from '@main/providers/kit/merge-json'
import { numberAt, valueAt } from '@main/providers/kit/number-at'
import type { MediaDefinition } from '@main/providers/spec/definition'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { MediaJobs, MediaResult, MediaTicket } from '@main/providers/spec/media'
import type { Connection } from '@main/providers/spec/protocol'
import { fetchFile } from './fetch-file'
import { fillAddress, fillBody, hasPlaceholder, type Known } from './fill-template'
import { askJson } from './job-requests'
import { JobWire } from './job-wire'

/** Statuses under which a provider knows nothing of a job. */
const UNKNOWN = new Set([404, 410])
/** Files of one job that are looked at. */
const MOST_RESULTS = 8

/** The jobs of a provider, as its definition says how it is asked. */
export function jobProtocol(definition: MediaDefinition): MediaJobs {
  const wire = JobWire.parse(definition.wire)
  const { submit, look, results, pace } = wire

  const address = (connection: Connection, template: string, known: Known, asTheyAre?: readonly string[]): URL => {
    const url = fillAddress(template, connection.baseUrl, known, asTheyAre)
    if (!url) throw badAnswer(connection, 'wrong_shape')
    return url
  }

  /** What is asked about a job that may be gone. */
  const askAbout = async (connection: Connection, template: string, ticket: Known, signal: AbortSignal) => {
    try {
      return await askJson(connection, wire, { method: 'GET', url: address(connection, template, ticket), signal })
    } catch (error) {
      if (error instanceof ProviderFailure && error.status !== null && UNKNOWN.has(error.status))
        throw mediaGone(connection, 'job')
      throw error
    }
  }

  /** What a job that is over came to where that is no file: thrown. */
  const throwIfOver = (connection: Source, answer: unknown, state: string) => {
    const { failed, refused, lost } = look.words
    if (refused.includes(state)) throw refusal(connection, messageIn(wire, answer), state)
    if (lost.includes(state)) throw mediaGone(connection, 'job')
    if (failed.includes(state)) throw mediaNotMade(connection, messageIn(wire, answer), state)
  }

  /** What is asked of a job that is done: a refusal of that is what the job came to. */
  const askForResults = async (connection: Connection, template: string, ticket: Known, signal: AbortSignal) => {
    try {
      return await askAbout(connection, template, ticket, signal)
    } catch (error) {
      if (!(error instanceof ProviderFailure) || error.code !== ProviderError.RequestRejected) throw error
      const { providerMessage } = error.details
      throw mediaNotMade(connection, typeof providerMessage === 'string' ? providerMessage : null, 'rejected')
    }
  }

  const resultsOf = async (
    connection: Connection,
    ticket: Known,
    answer: unknown,
    signal: AbortSignal
  ): Promise<MediaResult[]> => {
    const told = results.url === null ? answer : await askForResults(connection, results.url, ticket, signal)
    const found = results.list === '' ? told : valueAt(told, results.list)
    const list: unknown[] = Array.isArray(found)
      ? found
      : (typeof found === 'object' && found !== null) || hasPlaceholder(results.file)
        ? [found]
        : []
    return list.slice(0, MOST_RESULTS).flatMap((one) => {
      const url = hasPlaceholder(results.file)
        ? address(connection, results.file, ticket).href
        : textAt(one, results.file)
      if (!url || !URL.canParse(url)) return []
      return [{ url, type: textAt(one, results.type), title: textAt(one, results.title) }]
    })
  }

  const cancel = wire.cancel
  return {
    pace: { firstMs: pace.first * 1000, mostMs: pace.most * 1000, giveUpMs: pace.giveUp * 1000 },

    submit: async (connection, { model, text, title, parameters, signal }) => {
      const body: JsonObject = {}
      const filled = fillBody(submit.body, { model, text, title })
      mergeInto(body, objectOf(filled))
      mergeInto(body, parameters)
      mergeInto(body, connection.extraBody)
      const source = { ...connection, model }
      const url = address(connection, submit.url, { model }, ['model'])
      const answer = await askJson(source, wire, { method: 'POST', url, body, signal })
      const kept = Object.entries(wire.ticket).flatMap(([name, path]) => {
        const value = wordAt(answer, path)
        return value === null ? [] : [[name, value] as const]
      })
      const ticket: MediaTicket = Object.fromEntries(kept)
      if (!Object.hasOwn(ticket, 'id')) throw badAnswer(source, 'wrong_shape')
      return ticket
    },

    look: async (connection, ticket, signal) => {
      const known = knownOf(ticket)
      const answer = await askAbout(connection, look.url, known, signal)
      const state = wordAt(answer, look.state)
      if (state === null) throw badAnswer(connection, 'wrong_shape')
      throwIfOver(connection, answer, state)
      const { words, progress } = look
      const mayBeDone = words.done.includes(state) || words.doneOnceThere.includes(state)
      const files = mayBeDone ? await resultsOf(connection, known, answer, signal) : []
      if (words.done.includes(state) || files.length > 0)
        return { state: 'done', results: files, cost: wire.cost === null ? null : numberAt(answer, wire.cost) }
      return { state: words.queued.includes(state) ? 'queued' : 'making', done: shareAt(answer, progress) }
    },

    ...(cancel
      ? {
          cancel: async (connection: Connection, ticket: MediaTicket, signal: AbortSignal) => {
            const url = address(connection, cancel.url, knownOf(ticket))
            await askJson(connection, { ...wire, code: null }, { method: cancel.method, url, signal })
          },
        }
      : {}),

    fetch: (connection, result, signal) => fetchFile(connection, result.url, signal),
  }
}

const objectOf = (value: JsonValue | undefined): JsonObject => (isObject(value) ? value : {})

const knownOf = (ticket: MediaTicket): Known =>
  Object.fromEntries(
    Object.entries(ticket).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
  )

/** A text, or a number as one: ids are either. */
function wordAt(answer: unknown, path: string): string | null {
  const value = valueAt(answer, path)
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

const textAt = (answer: unknown, path: string | null): string | null => (path === null ? null : wordAt(answer, path))

/** From 0 to 1; some count to 100. */
function shareAt(answer: unknown, path: string | null): number | null {
  const value = path === null ? null : numberAt(answer, path)
  return value === null || value < 0 ? null : Math.min(1, value > 1 ? value / 100 : value)
}

const messageIn = ({ message }: JobWire, answer: unknown): string | null => {
  for (const path of message) {
    const found = textAt(answer, path)
    if (found !== null) return found
  }
  return null
}

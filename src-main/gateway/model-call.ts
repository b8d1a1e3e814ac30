import type { Usage } from '@main/providers/spec/chat'
import type { CallPlan } from '@main/routing/call-plan'
import { ApiError } from './api-error'
import type { Visit } from './visit'

/** One request while it is answered: which model was asked, how often, and what came of it. */
export interface ModelCall {
  /** The program asks for this model. */
  named(model: string): void
  /** An attempt begins. */
  attempt(plan: CallPlan, dropped: readonly string[]): void
  /** The same of all attempts at once, where nobody told of each. */
  attempted(plan: CallPlan, count: number, dropped?: readonly string[]): void
  /** The answer is whole. */
  complete(usage: Usage | null): void
  /** What the program is told of a failure. */
  fail(error: unknown): ApiError
  /** The request was aborted: with the ApiError that the program is told, or because it left, and can be told nothing. */
  abort(reason: unknown): ApiError
  /** Which model answers, after how many attempts, and which parameters it was not sent. */
  headers(): Record<string, string>
}

/** Follows a request, and tells the visit of its end, once. */
export function followCall(visit: Pick<Visit, 'end' | 'named'>, toApiError: (error: unknown) => ApiError): ModelCall {
  let model: string | null = null
  let asked: CallPlan | null = null
  let attempts = 0
  let notSent: readonly string[] = []
  let ended = false

  const end = (more: { usage?: Usage | null; error?: ApiError; left?: boolean }) => {
    if (ended) return
    ended = true
    visit.end({
      model,
      answeredBy: asked && { provider: asked.provider.name, model: asked.model },
      attempts,
      usage: more.usage ?? null,
      error: more.error ?? null,
      left: more.left ?? false,
    })
  }
  const fail = (thrown: unknown): ApiError => {
    const error = thrown instanceof ApiError ? thrown : toApiError(thrown)
    end({ error })
    return error
  }
  return {
    named: (name) => {
      model = name
      visit.named(name)
    },
    attempt: (plan, dropped) => {
      asked = plan
      attempts += 1
      notSent = dropped
    },
    attempted: (plan, count, dropped = []) => {
      asked = plan
      attempts = count
      notSent = dropped
    },
    complete: (usage) => end({ usage }),
    fail,
    abort: (reason) => {
      if (reason instanceof ApiError) return fail(reason)
      end({ left: true })
      return new ApiError(499, 'client_closed_request', 'The program left before the answer.')
    },
    headers: () => ({
      'x-fabula-attempts': String(attempts),
      ...(asked
        ? { 'x-fabula-model': headerText(asked.model), 'x-fabula-provider': headerText(asked.provider.name) }
        : {}),
      ...(notSent.length === 0 ? {} : { 'x-fabula-dropped': notSent.map(headerText).join(',') }),
    }),
  }
}

/** A text as a header can carry it: what is not ASCII, and the percent sign, is percent-encoded. */
const headerText = (text: string): string =>
  text.replaceAll(/\p{Cs}/gu, '\ufffd').replace(/[^\x20-\x24\x26-\x7e]+/gu, (part) => encodeURIComponent(part))

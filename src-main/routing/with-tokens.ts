import { FabulaError, ProviderError, TokenError } from '@contract/errors'
import type { CallId, ServerId } from '@contract/ids'
import type { TokenRow } from '@main/data/token-store'
import type { Logger } from '@main/platform/logger'
import type { Pause } from '@main/platform/pause'
import type { SentSetting } from '@main/providers/kit/parameters'
import type { Usage } from '@main/providers/spec/chat'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { Admission } from './admission'
import { limitWholeCall, startLimits, type WholeCallLimit } from './call-limits'
import type { CallPlan } from './call-plan'
import type { CallAccount, Ledger } from './ledger'
import { runsLocally } from './locality'
import type { ModelLessons } from './model-lessons'
import { plausibleUsage } from './call-cost'
import { isShortRest, mayBeTheToken, pauseBefore } from './retry-rules'
import { isServerLost, type OnServerLost } from './server-lost'
import { isSimulated, type Simulations } from './simulations'
import { orderTokens } from './token-order'
import type { TokenRecords } from './token-records'

/** One attempt, which has its place and a key that can be used. Its row in the ledger is written whatever happens. */
export interface Attempt {
  /** With the server that the attempt goes to. */
  plan: CallPlan
  token: TokenRow | null
  /** Settings that the provider refused by name at the attempts before. */
  refused: readonly string[]
  /** Ends with the caller's signal, and when a limit is passed. */
  signal: AbortSignal
  /** The id of its row in the ledger. */
  callId(): CallId
  /**
   * Must be called before the request goes out: notes what it sends, and throws the failure that the user simulates.
   *
   * @param about what the request takes by an estimate, before anything is written: for where the provider does not say
   */
  send(settings: readonly SentSetting[], about: () => Usage): void
  /** Something came; `written`: what the model wrote of it. */
  onActivity(written?: string): void
  /** The provider says what it has counted until now. */
  onUsage(usage: Usage): void
  /** The first of the answer came: text, or a piece of a tool call. */
  firstPiece(): void
  /** The answer is whole. Returns its usage as far as it can be true. */
  complete(usage: Usage): Usage
}

export interface Work<Piece> {
  plan: CallPlan
  account: CallAccount
  /** Whether a reader sees the answer as it comes: then nothing is begun anew after the first of it. */
  visible: boolean
  signal: AbortSignal
  /** Makes one attempt; what it gives is handed on as it comes. */
  attempt(attempt: Attempt): AsyncIterable<Piece>
}

/**
 * Does a work with the tokens of its plan, and at its servers. A token that the provider refuses, that is out of credit or
 * must rest gives way to the next one at once; the last one is waited for. A failure that may pass is tried again as often
 * as the settings say, and then with the next token. Chats and embeddings differ only in what an attempt is.
 */
export type WithTokens = <Piece>(work: Work<Piece>) => AsyncGenerator<Piece>

/** What an attempt came to, as far as it says whether another one may follow. */
interface Progress {
  hasAnswer: boolean
  /** With the server that it went to; null while it waits for its place. */
  plan: CallPlan | null
  sent: readonly SentSetting[]
}

export function createWithTokens(ports: {
  tokens: TokenRecords
  admission: Admission
  onServerLost: OnServerLost
  ledger: Ledger
  simulations: Simulations
  lessons: ModelLessons
  logger: Logger
  random: () => number
  pause: Pause
}): WithTokens {
  const { tokens, admission, onServerLost, ledger, simulations, lessons, logger, random, pause } = ports
  const turns = new Map<string, number>()

  const nextTurn = (tokens: readonly TokenRow[]) => {
    const list = tokens.map(({ id }) => id).join()
    const turn = turns.get(list) ?? 0
    turns.set(list, turn + 1)
    return turn
  }

  async function* attemptOnce<Piece>(
    work: Work<Piece>,
    planned: TokenRow | null,
    { dead, refused, whole }: { dead: ReadonlySet<ServerId>; refused: readonly string[]; whole: WholeCallLimit },
    progress: Progress
  ): AsyncGenerator<Piece> {
    const { plan, free } = await admission.admit(work.plan, planned, dead, whole.signal)
    try {
      const token = planned && tokens.stillUsable(planned)
      if (planned && !token) throw tokenNoLongerUsable(plan, planned)
      progress.plan = plan
      const { name, id: providerId } = plan.provider
      const entry = ledger.begin(work.account, plan, token?.name ?? null)
      whole.begin()
      const limits = startLimits(whole.signal, plan.settings.timeouts, { name, local: runsLocally(plan) })
      try {
        yield* work.attempt({
          plan,
          token,
          refused,
          signal: limits.signal,
          callId: () => entry.id,
          send: (settings, about) => {
            progress.sent = settings
            simulations.throwIfSimulated({ providerId, provider: name, model: plan.model, tokenId: token?.id ?? null })
            entry.count.sent(about)
          },
          onActivity: (written) => {
            limits.onActivity()
            if (written !== undefined) entry.count.wrote(written)
          },
          onUsage: (usage) => entry.count.counted(plausibleUsage(usage)),
          firstPiece: () => {
            progress.hasAnswer = true
            entry.firstToken()
          },
          complete: (given) => {
            const usage = plausibleUsage(given)
            entry.count.counted(usage)
            entry.complete()
            return usage
          },
        })
      } catch (error) {
        entry.fail(error, work.signal.aborted)
        throw error instanceof ProviderFailure ? error.withFacts(factsOf(error, plan, token)) : error
      } finally {
        entry.leave()
        limits.end()
      }
    } finally {
      free()
    }
  }

  /**
   * One token, tried again as often as the settings say. Returns the failure that another token may not meet, or null
   * when all went well; throws one that no other token helps against.
   */
  async function* withToken<Piece>(
    work: Work<Piece>,
    token: TokenRow | null,
    isLast: boolean,
    whole: WholeCallLimit
  ): AsyncGenerator<Piece, FabulaError | null> {
    const { plan, visible, signal } = work
    const retries = plan.settings.retries ?? 0
    const dead = new Set<ServerId>()
    const refused: string[] = []
    for (let tries = 0; ; tries += 1) {
      const progress: Progress = { hasAnswer: false, plan: null, sent: [] }
      try {
        yield* attemptOnce(work, token, { dead, refused, whole }, progress)
        tokens.worked(token)
        return null
      } catch (error) {
        if (error instanceof FabulaError && error.code === TokenError.NoneUsable) return error
        if (!(error instanceof ProviderFailure)) throw error
        logger.warn('A call failed', { provider: plan.provider.name, model: plan.model, code: error.code })
        const { hasAnswer, sent } = progress
        const server = progress.plan?.server ?? null
        const isOver = (hasAnswer && visible) || signal.aborted || whole.signal.aborted
        const without = lessons.learnFrom(error, progress.plan ?? plan, sent)
        if (without.length > 0 && !isOver) {
          // The model would have answered without them: this was no try of its own, and says nothing of the token.
          refused.push(...without)
          tries -= 1
          continue
        }
        const tokenIsOut = tokens.failed(token, error)
        if (isOver) throw error
        if (tokenIsOut && !(isLast && isShortRest(error))) return error
        if (server !== null && isServerLost(error)) {
          const again = dead.has(server.id)
          if (!isSimulated(error)) onServerLost(server, error)
          dead.add(server.id)
          // Another server that has the model takes over; this was no try of its own.
          if (!again && plan.servers.some(({ id }) => !dead.has(id))) {
            tries -= 1
            continue
          }
        }
        const ms = pauseBefore(error, tries)
        // What the time left for the call is too short for is not waited for: this failure says more than its end.
        if (!error.retryable || tries >= retries || ms === null || ms >= whole.leftMs()) {
          if (tokenIsOut || mayBeTheToken(error)) return error
          throw error
        }
        // A moment more, so that the rest is over by the computer's clock too, and not only by its timer.
        await pause(tokenIsOut ? ms + 20 : ms, whole.signal)
      }
    }
  }

  return async function* withTokens(work) {
    const { tokens: usable, settings, provider } = work.plan
    const order: (TokenRow | null)[] =
      usable.length === 0 ? [null] : orderTokens(usable, settings.tokenStrategy ?? 'failover', nextTurn(usable), random)
    const whole = limitWholeCall(work.signal, settings.timeouts?.totalMs, provider.name)
    let failure: FabulaError | null = null
    try {
      for (const [index, token] of order.entries()) {
        const outcome: FabulaError | null = yield* withToken(work, token, index === order.length - 1, whole)
        if (!outcome) return
        // That a token is out by now says less than why another one failed.
        if (!failure || outcome instanceof ProviderFailure) failure = outcome
      }
    } finally {
      whole.end()
    }
    throw (
      failure ??
      new FabulaError(ProviderError.Unreachable, `${provider.name} was not called`, {
        details: { provider: provider.name },
      })
    )
  }
}

/** What a failure does not know of itself: whose key it was, and what the model can take. */
const factsOf = ({ code }: ProviderFailure, plan: CallPlan, token: TokenRow | null) => ({
  name: token?.name ?? null,
  limit: code === ProviderError.ContextExceeded ? (plan.facts?.contextLength ?? null) : null,
})

const tokenNoLongerUsable = ({ provider }: CallPlan, { name, state }: TokenRow) =>
  new FabulaError(TokenError.NoneUsable, `The key ${name} of ${provider.name} cannot be used any more`, {
    details: { provider: provider.name, names: [name], reason: state, seconds: null },
    retryable: true,
  })

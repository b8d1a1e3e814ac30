import type { ModelSettings } from '@contract/entities/model-config'
import type { FallbackPolicy } from '@contract/entities/preset'
import type { ActiveTurn, Authorship } from '@contract/entities/story'
import { CommonError, FabulaError, StoryError } from '@contract/errors'
import { MessageId, TurnId, type RoleId, type StoryId } from '@contract/ids'
import type { ParsedInput } from '@contract/routes'
import type { MessageRow } from '@main/data/message-store'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import type { ChatMessage } from '@main/providers/spec/chat'
import { callCost } from '@main/routing/call-cost'
import type { CallPlan } from '@main/routing/call-plan'
import type { Failover } from '@main/routing/failover'
import { MAIN, STORYTELLER } from '@main/settings/role-registry'
import { roleSettings } from '@main/settings/role-settings'
import { overridesOf } from '@main/settings/story-overrides'
import { nobody, type CallResult } from './authorship'
import { withNextSeed } from './next-seed'
import { startPassage, type PassageWriter } from './passage-writer'
import { draftMessages, rewriteMessages, type TurnText } from './turn-messages'
import { turnPlace } from './turn-place'
import { createUnsavedPassages, type UnsavedPassages } from './unsaved-passages'

/** Passages of history that are looked at; what the context window has no room for is left out of them. */
const HISTORY_PASSAGES = 1000

export interface Turns {
  start(input: ParsedInput<'turns.start'>): { turnId: TurnId }
  stop(storyId: StoryId): void
  active(storyId: StoryId): ActiveTurn | null
  isWriting(storyId: StoryId): boolean
  /** Passages that wait to be saved. */
  unsaved: UnsavedPassages
  /** Stops every turn and waits until what was written is saved. */
  close(): Promise<void>
}

/** A role at work in a turn, with what it was given. */
interface Seat {
  role: RoleId
  settings: ModelSettings
  fallback: FallbackPolicy
}

interface RunningTurn {
  turnId: TurnId
  controller: AbortController
  role: RoleId
  writer: PassageWriter | null
  done: Promise<void>
}

/** The reason of a turn that was stopped on purpose. */
class Stopped extends Error {}

/**
 * Runs turns: main drafts; when the storyteller is on, it writes the draft anew for the reader. Without it, main's
 * words are what the reader sees. One turn at a time in each story.
 */
export function createTurns(ports: {
  stores: Stores
  failover: Failover
  events: EventHub
  clock: Clock
  /** Turns a failure into the error that the user is shown. */
  explain: (error: unknown) => FabulaError
}): Turns {
  const { stores, failover, events, clock, explain } = ports
  const running = new Map<StoryId, RunningTurn>()
  const unsaved = createUnsavedPassages(ports)

  /**
   * Who works in this turn: the drafter, if the draft is not what the reader sees, and the one who writes it.
   *
   * @param parentId the passage before the new one; undefined for a line that is yet to be added
   */
  const seatsFor = (
    story: StoryRow,
    completes: boolean,
    parentId: MessageId | null | undefined
  ): { drafter: Seat | null; author: Seat } => {
    const preset = stores.presets.get(story.presetId)
    if (!preset) throw new FabulaError(CommonError.NotFound, `There is no preset ${story.presetId}`)
    const overrides = overridesOf(stores, story.id)
    const writtenThere = parentId === undefined ? 0 : stores.messages.countAfter(story.id, parentId)
    const seat = (role: RoleId): Seat => {
      const { settings } = roleSettings(stores, preset, role, overrides)
      const taken = { role, settings, fallback: preset.fallback }
      return { ...taken, settings: withNextSeed(settings, failover.plan(taken), writtenThere) }
    }
    if (!roleSettings(stores, preset, STORYTELLER, overrides).enabled) return { drafter: null, author: seat(MAIN) }
    return { drafter: completes ? null : seat(MAIN), author: seat(STORYTELLER) }
  }

  /** Calls one role to its end, handing each piece of text on. */
  const call = async (
    turn: RunningTurn,
    storyId: StoryId,
    seat: Seat,
    messages: (plan: CallPlan) => readonly ChatMessage[],
    result: CallResult,
    text: { visible: boolean; begin: () => void; add: (piece: string) => void }
  ) => {
    turn.role = seat.role
    for await (const event of failover.chat({
      ...seat,
      messages,
      visible: text.visible,
      purpose: { kind: 'turn', turnId: turn.turnId, storyId, role: seat.role },
      signal: turn.controller.signal,
    }))
      switch (event.type) {
        case 'attempt':
          text.begin()
          result.plan = event.plan
          result.tokenName = event.tokenName
          result.dropped = event.dropped
          events.publish('turn.step', {
            turnId: turn.turnId,
            storyId,
            role: seat.role,
            provider: event.plan.provider.name,
            model: event.plan.model,
            messageId: turn.writer?.id ?? null,
          })
          break
        case 'text':
          text.add(event.text)
          break
        case 'reasoning':
          break
        case 'end':
          result.usage = event.usage
          result.reason = event.reason
          break
      }
  }

  const run = async (
    turn: RunningTurn,
    text: TurnText,
    seats: ReturnType<typeof seatsFor>,
    place: { storyId: StoryId; parentId: MessageId | null }
  ): Promise<{ row: MessageRow | null; error: unknown }> => {
    const result: CallResult = nobody()
    const { drafter, author } = seats
    let spent = 0
    let draft = ''
    const authorship = (): Authorship => {
      const { cost } = callCost(result.plan, result.usage)
      return {
        role: author.role,
        provider: result.plan?.provider.name ?? '',
        model: result.plan?.model ?? author.settings.model ?? '',
        tokenName: result.tokenName,
        inputTokens: result.usage?.inputTokens ?? null,
        outputTokens: result.usage?.outputTokens ?? null,
        cost: cost === null ? null : cost + spent,
        dropped: result.dropped,
        turnId: turn.turnId,
      }
    }
    try {
      if (drafter) {
        const drafting = nobody()
        const messages = (plan: CallPlan) => draftMessages(text, plan)
        await call(turn, place.storyId, drafter, messages, drafting, {
          visible: false,
          begin: () => void (draft = ''),
          add: (piece) => void (draft += piece),
        })
        spent = callCost(drafting.plan, drafting.usage).cost ?? 0
      }
      const writer = startPassage(ports, { ...place, turnId: turn.turnId, opening: text.opening }, (error) =>
        turn.controller.abort(error)
      )
      turn.writer = writer
      const messages = (plan: CallPlan) =>
        drafter ? rewriteMessages(text, draft.trim(), plan) : draftMessages(text, plan)
      await call(turn, place.storyId, author, messages, result, {
        visible: true,
        begin: () => undefined,
        add: writer.write,
      })
      return { row: writer.settle(result.reason === 'length' ? 'cut' : 'complete', authorship()), error: null }
    } catch (error) {
      const stopped = turn.controller.signal.reason instanceof Stopped
      const row = turn.writer?.settle(stopped ? 'stopped' : 'failed', authorship()) ?? null
      return { row, error: stopped ? null : error }
    }
  }

  const finish = (turn: RunningTurn, storyId: StoryId, row: MessageRow | null, error: unknown) => {
    let failure = error
    try {
      if (row) unsaved.save(row)
      else if (turn.writer) unsaved.takeBack(turn.writer.id, turn.writer.headBefore)
    } catch (notSaved) {
      failure ??= notSaved
    }
    running.delete(storyId)
    const stopped = turn.controller.signal.reason instanceof Stopped
    events.changed('messages', 'stories')
    events.publish('turn.ended', {
      turnId: turn.turnId,
      storyId,
      messageId: row?.id ?? null,
      outcome: failure ? 'failed' : stopped ? 'stopped' : 'complete',
      error: failure ? explain(failure).toShape() : null,
    })
  }

  const addLine = (story: StoryRow, parentId: MessageId | null, line: string): MessageId => {
    const id = newId(MessageId)
    const now = timestamp(clock)
    stores.transaction(() => {
      stores.messages.insert({
        id,
        storyId: story.id,
        parentId,
        author: 'writer',
        text: line,
        state: 'complete',
        writtenBy: null,
        edited: false,
        deleted: false,
        createdAt: now,
      })
      stores.stories.setHead(story.id, id, now)
      stores.stories.saveDraft(story.id, '')
    })
    events.changed('messages', 'stories')
    return id
  }

  return {
    unsaved,
    isWriting: (storyId) => running.has(storyId),

    start: ({ storyId, kind, text }) => {
      const story = stores.stories.get(storyId)
      if (!story || story.deleted)
        throw new FabulaError(CommonError.NotFound, `There is no story ${storyId}`, { details: { path: 'storyId' } })
      if (running.has(storyId))
        throw new FabulaError(StoryError.TurnRunning, 'A passage of this story is being written', {
          details: { name: story.title },
          retryable: true,
        })
      unsaved.settle(storyId)
      const { line, opening, ...start } = turnPlace(stores, story, kind, text ?? '')
      // Whatever can refuse the turn does so before the writer's line is taken.
      const seats = seatsFor(story, opening !== '', line === null ? start.parentId : undefined)
      const parentId = line === null ? start.parentId : addLine(story, start.parentId, line)
      const history = stores.messages.pathFrom(parentId, HISTORY_PASSAGES).toReversed()
      const turn: RunningTurn = {
        turnId: newId(TurnId),
        controller: new AbortController(),
        role: (seats.drafter ?? seats.author).role,
        writer: null,
        done: Promise.resolve(),
      }
      running.set(storyId, turn)
      events.publish('turn.started', { turnId: turn.turnId, storyId })
      turn.done = run(turn, { story, history, opening }, seats, { storyId, parentId }).then(
        ({ row, error }) => finish(turn, storyId, row, error),
        (error: unknown) => finish(turn, storyId, null, error)
      )
      return { turnId: turn.turnId }
    },

    stop: (storyId) => running.get(storyId)?.controller.abort(new Stopped('The writer stopped the turn')),

    active: (storyId) => {
      const turn = running.get(storyId)
      if (!turn) return null
      return {
        turnId: turn.turnId,
        storyId,
        role: turn.role,
        messageId: turn.writer?.id ?? null,
        text: turn.writer?.text() ?? '',
      }
    },

    close: async () => {
      for (const turn of running.values()) turn.controller.abort(new Stopped('The app closes'))
      await Promise.all([...running.values()].map(({ done }) => done))
      unsaved.close()
    },
  }
}

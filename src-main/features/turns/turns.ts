import type { ActiveTurn } from '@contract/entities/story'
import { CommonError, FabulaError, StoryError } from '@contract/errors'
import { MessageId, TurnId, type StoryId } from '@contract/ids'
import type { ParsedInput } from '@contract/routes'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import { historyUpTo } from '@main/prompts/history'
import type { SectionRegistry } from '@main/prompts/section-registry'
import type { Failover } from '@main/routing/failover'
import { MAIN } from '@main/settings/role-registry'
import { withNextSeed } from './next-seed'
import { activeTurn, Stopped, wasStopped, type RunningTurn } from './running-turn'
import { outlineTurn, type RoleCall } from './turn-outline'
import { turnPlace } from './turn-place'
import { createTurnRunner, type TurnEnd } from './turn-runner'
import type { TurnStep } from './steps/turn-step'
import { createUnsavedPassages, type UnsavedPassages } from './unsaved-passages'

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

/** Starts and stops turns. One at a time in each story. */
export function createTurns(ports: {
  stores: Stores
  failover: Failover
  events: EventHub
  clock: Clock
  sections: SectionRegistry
  /** What a turn does, in order. */
  steps: readonly TurnStep[]
  /** Turns a failure into the error that the user is shown. */
  explain: (error: unknown) => FabulaError
}): Turns {
  const { stores, failover, events, clock, steps, explain } = ports
  const running = new Map<StoryId, { turn: RunningTurn; done: Promise<void> }>()
  const unsaved = createUnsavedPassages(ports)
  const run = createTurnRunner(ports)

  /** The steps of a turn. Throws what keeps one of them from being taken. */
  const callsFor = (story: StoryRow, opening: string, writtenThere: number): RoleCall[] =>
    outlineTurn(stores, steps, story, { opening }).map((call) => {
      const plan = failover.plan({ ...call, role: call.step.role })
      return { ...call, settings: withNextSeed(call.settings, plan, writtenThere) }
    })

  const finish = (turn: RunningTurn, { row, error }: TurnEnd) => {
    const { turnId, storyId, writer } = turn
    let failure = error
    try {
      if (row) unsaved.save(row)
      else if (writer) unsaved.takeBack(writer.id, writer.headBefore)
    } catch (notSaved) {
      failure ??= notSaved
    }
    running.delete(storyId)
    events.changed({ topic: 'messages', ids: [storyId] })
    events.publish('turn.ended', {
      turnId,
      storyId,
      messageId: row?.id ?? null,
      outcome: failure ? 'failed' : wasStopped(turn) ? 'stopped' : 'complete',
      error: failure ? explain(failure).toShape() : null,
    })
  }

  const addLine = (story: StoryRow, parentId: MessageId | null, text: string): MessageId => {
    const id = newId(MessageId)
    const now = timestamp(clock)
    const line = { author: 'writer', text, state: 'complete', writtenBy: null, edited: false, deleted: false } as const
    stores.transaction(() => {
      stores.messages.insert({ ...line, id, storyId: story.id, parentId, createdAt: now })
      stores.stories.setHead(story.id, id, now)
      stores.stories.saveDraft(story.id, '')
    })
    events.changed({ topic: 'messages', ids: [story.id] })
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
      unsaved.saveWaiting(storyId)
      const { line, opening, ...place } = turnPlace(stores, story, kind, text ?? '')
      // Whatever can refuse the turn does so before the writer's line is taken.
      const writtenThere = line === null ? stores.messages.countAfter(storyId, place.parentId) : 0
      const calls = callsFor(story, opening, writtenThere)
      const parentId = line === null ? place.parentId : addLine(story, place.parentId, line)
      const turn: RunningTurn = {
        turnId: newId(TurnId),
        storyId,
        parentId,
        calls,
        scene: { story, history: historyUpTo(stores, parentId), opening, notes: new Map() },
        controller: new AbortController(),
        role: calls[0]?.step.role ?? MAIN,
        writer: null,
      }
      events.publish('turn.started', { turnId: turn.turnId, storyId })
      const done = run(turn).then((end) => finish(turn, end))
      running.set(storyId, { turn, done })
      return { turnId: turn.turnId }
    },

    stop: (storyId) => running.get(storyId)?.turn.controller.abort(new Stopped('The writer stopped the turn')),

    active: (storyId) => {
      const found = running.get(storyId)
      return found ? activeTurn(found.turn) : null
    },

    close: async () => {
      for (const { turn } of running.values()) turn.controller.abort(new Stopped('The app closes'))
      await Promise.all([...running.values()].map(({ done }) => done))
      unsaved.close()
    },
  }
}

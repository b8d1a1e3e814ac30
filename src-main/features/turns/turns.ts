import type { ActiveTurn } from '@contract/entities/story'
import type { Turn, TurnStep as TurnStepView } from '@contract/entities/turn'
import { CommonError, FabulaError, StoryError } from '@contract/errors'
import { MessageId, TurnId, type RoleId, type StoryId } from '@contract/ids'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import type { MessageRow } from '@main/data/message-store'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import type { Logger } from '@main/platform/logger'
import type { Redactor } from '@main/platform/redact'
import { historyUpTo } from '@main/prompts/history'
import { REJECTED, REMARKS } from '@main/prompts/notes'
import type { ChatFailover } from '@main/routing/failover'
import { storySoFar } from '@main/prompts/story-so-far'
import { emptySceneWorld } from '@main/worlds/scene-world'
import { withNextSeed } from './next-seed'
import { wishesFor } from './passage-notes'
import { activeTurn, AppCloses, beginTurn, interrupted, Stopped, wasStopped, type RunningTurn } from './running-turn'
import { emptyScene } from './planned-steps'
import { templatesOf, type PromptPorts } from './request-prompt'
import { createStepCalls } from './step-call'
import { createStepDesks } from './step-desk'
import { createStepRecords } from './step-record'
import type { TurnStep } from './steps/turn-step'
import { outlineTurn, writerCall, type RoleCall, type StepCall, type TurnOccasion } from './turn-outline'
import { aloneFrom, findStep, rerunFrom, type Rerun } from './rerun'
import { endWithTx, turnPlace, type TurnPlace } from './turn-place'
import { wokenFor } from './turn-world'
import { createTurnRunner, type TurnEnd } from './turn-runner'
import { createUnsavedTurns } from './unsaved-turns'

export interface Turns {
  start(input: ParsedInput<'turns.start'>): { turnId: TurnId }
  /** Takes a turn again from one of its steps on, as an alternative of its passage. */
  rerun(input: ParsedInput<'turns.rerun'>): { turnId: TurnId }
  /** The turns that took one step of this one alone, and the one that it took a step of. */
  alone(id: TurnId): RouteOutput<'turns.alone'>
  stop(storyId: StoryId): void
  active(storyId: StoryId): ActiveTurn | null
  /** The newest turn of a story, as it ended. */
  last(storyId: StoryId): Turn | null
  steps(id: TurnId): TurnStepView[]
  isWriting(storyId: StoryId): boolean
  /** Whether any story is being written. */
  isAnyWriting(): boolean
  /** A passage that is written but could not be saved yet. */
  unsaved(id: MessageId): MessageRow | undefined
  /** Stops every turn and waits until what was written is saved. */
  close(): Promise<void>
}

/** What turns are made of. */
export interface TurnPorts extends PromptPorts {
  stores: Stores
  failover: ChatFailover
  /** What a turn does, in order. */
  steps: readonly TurnStep[]
}

/** Where a turn begins, and whom the writer asks for beside the roles whose turn it is. */
interface TurnStart extends TurnPlace {
  kind: Turn['kind']
  roles: readonly RoleId[]
  /** What its steps find left for them, by name. */
  notes?: Readonly<Record<string, string>>
  /** For a turn that is taken again; of which turn it takes one step alone. */
  aloneOf?: TurnId
  again?: (calls: readonly StepCall[]) => Rerun
}

/** Starts and stops turns, one at a time in each story, and keeps what becomes of them. */
export function createTurns(
  ports: TurnPorts & {
    events: EventHub
    clock: Clock
    logger: Logger
    redactor: Redactor
    /** Turns a failure into the error that the user is shown. */
    toUserError: (error: unknown) => FabulaError
  }
): Turns {
  const { stores, failover, events, clock, steps, toUserError } = ports
  const running = new Map<StoryId, { turn: RunningTurn; done: Promise<void> }>()
  const unsaved = createUnsavedTurns(ports)
  const calls = createStepCalls({ ...ports, startRecord: createStepRecords(ports) })
  const run = createTurnRunner({ ...ports, calls, openDesk: createStepDesks({ ...ports, calls }) })

  const changed = (id: StoryId) => events.changed({ topic: 'messages', ids: [id] }, { topic: 'turns', ids: [id] })

  /** Throws what keeps a role from being asked. */
  const withSeed = <Call extends RoleCall>(call: Call, writtenThere: number): Call => ({
    ...call,
    settings: withNextSeed(call.settings, failover.plan(call), writtenThere),
  })

  /** The steps of a turn. Throws what keeps one of them from being taken, unless the turn can go on without it. */
  const callsFor = (story: StoryRow, occasion: TurnOccasion, writtenThere: number): StepCall[] =>
    outlineTurn(stores, steps, story, occasion).map((call) =>
      call.step.optional === true ? call : withSeed(call, writtenThere)
    )

  /** Keeps how a turn ended, with its passage, or takes the passage back. */
  const save = (turn: Turn, passage: MessageRow | null, { scene, writer }: RunningTurn) =>
    unsaved.save({ turn, passage }, () => {
      const now = timestamp(clock)
      if (passage?.deleted) {
        // The writer may have gone elsewhere in the story meanwhile.
        if (stores.stories.get(turn.storyId)?.headId === passage.id)
          stores.stories.setHead(turn.storyId, writer?.headBefore ?? null, now)
        stores.messages.remove(passage.id)
      } else if (passage) {
        stores.messages.update(passage, now)
        stores.storyWorlds.noteWoken(passage.id, wokenFor(scene.world))
      }
      stores.turns.end(turn)
    })

  const finish = (one: RunningTurn, { passage, error }: TurnEnd) => {
    const messageId = passage && !passage.deleted ? passage.id : null
    const closed = one.controller.signal.reason instanceof AppCloses
    let failure: unknown = error ?? (closed && messageId === null ? interrupted() : null)
    const ended = (): Turn => ({
      ...one.turn,
      state: failure ? 'failed' : wasStopped(one) ? 'stopped' : 'complete',
      messageId,
      error: failure ? toUserError(failure).toShape() : null,
      endedAt: timestamp(clock),
    })
    let turn = ended()
    try {
      save(turn, passage, one)
    } catch (notSaved) {
      failure ??= notSaved
      turn = ended()
      unsaved.setError(turn.id, turn.error)
    }
    running.delete(turn.storyId)
    changed(turn.storyId)
    events.publish('turn.ended', {
      turnId: turn.id,
      storyId: turn.storyId,
      messageId,
      outcome: failure ? 'failed' : wasStopped(one) ? 'stopped' : 'complete',
      error: turn.error,
    })
  }

  /** Takes the writer's line, where there is one, and notes that a turn runs: both, or neither. */
  const begin = (story: StoryRow, before: Omit<Turn, 'id'>, text: string | null): Turn => {
    const line = text === null ? null : newId(MessageId)
    const turn: Turn = { ...before, id: newId(TurnId), parentId: line ?? before.parentId }
    const now = turn.startedAt
    stores.transaction(() => {
      if (line !== null && text !== null) {
        const row = { author: 'writer', state: 'complete', writtenBy: null, edited: false, deleted: false } as const
        stores.messages.insert({
          ...row,
          id: line,
          storyId: story.id,
          parentId: before.parentId,
          text,
          createdAt: now,
        })
        endWithTx(stores, story.id, line, now)
        stores.stories.saveDraft(story.id, '')
      }
      stores.turns.insert(turn)
    })
    // The line was the story's draft.
    if (line !== null) events.changed({ topic: 'stories', ids: [story.id] })
    changed(story.id)
    return turn
  }

  /** A story in which a turn can begin. */
  const freeStory = (storyId: StoryId): StoryRow => {
    const story = stores.stories.get(storyId)
    if (!story || story.deleted)
      throw new FabulaError(CommonError.NotFound, `There is no story ${storyId}`, { details: { path: 'storyId' } })
    if (running.has(storyId))
      throw new FabulaError(StoryError.TurnRunning, 'A passage of this story is being written', {
        details: { name: story.title },
        retryable: true,
      })
    unsaved.saveWaiting(storyId)
    return story
  }

  const startAt = (story: StoryRow, start: TurnStart): { turnId: TurnId } => {
    const { kind, roles, line, opening, parentId, notes = {}, again, aloneOf } = start
    const storyId = story.id
    const writtenThere = line === null ? stores.messages.countAfter(storyId, parentId) : 0
    const occasion = {
      opening,
      asked: new Set(roles),
      passagesBefore: () => stores.messages.path.told(parentId),
    }
    // Whatever can refuse the turn does so before the writer's line is taken.
    const planned = callsFor(story, occasion, writtenThere)
    const rerun = again?.(planned) ?? null
    const writer = withSeed(writerCall(stores, story), writtenThere)
    const outcome = { state: 'running', messageId: null, error: null, endedAt: null } as const
    const kept = { storyId, kind, parentId, startedAt: timestamp(clock), ...(aloneOf ? { aloneOf } : {}) }
    const turn = begin(story, { ...outcome, ...kept }, line)
    const history = historyUpTo(stores, turn.parentId)
    const templates = templatesOf({ stores, steps }, story)
    const soFar = storySoFar(stores, storyId, turn.parentId)
    const scene = emptyScene(story, history, { opening, templates, world: emptySceneWorld, soFar })
    for (const [name, text] of Object.entries(notes)) scene.notes.set(name, { text })
    const one = beginTurn({
      turn,
      calls: rerun?.alone ? aloneFrom(planned, rerun.at) : planned,
      writerCall: writer,
      scene,
      rerun,
    })
    events.publish('turn.started', { turnId: turn.id, storyId })
    const done = run(one).then((end) => finish(one, end))
    running.set(storyId, { turn: one, done })
    return { turnId: turn.id }
  }

  return {
    unsaved: unsaved.passage,
    isWriting: (storyId) => running.has(storyId),
    isAnyWriting: () => running.size > 0,

    start: ({ storyId, kind, text, at, roles, revise }) => {
      const story = freeStory(storyId)
      const place = turnPlace(stores, story, kind, text ?? '', at)
      const [last] = stores.messages.pathFrom(at ?? story.headId, 1)
      const wishes = kind === 'retry' && revise !== undefined ? wishesFor(stores, last, revise) : null
      const notes: TurnStart['notes'] = wishes === null ? {} : { [REJECTED]: last?.text ?? '', [REMARKS]: wishes }
      return startAt(story, { kind, roles: roles ?? [], ...place, notes })
    },

    rerun: ({ turnId, position, messages, alone }) => {
      const found = findStep(stores, turnId, position)
      const { storyId, parentId } = found.turn
      const roles = [found.step.role, ...found.before.map(({ role }) => role)]
      const again = (calls: readonly StepCall[]) => rerunFrom(calls, found, { messages, alone })
      const place = { line: null, opening: '', parentId }
      const aloneOf = found.turn.id
      return startAt(freeStory(storyId), { kind: 'retry', roles, ...place, again, ...(alone ? { aloneOf } : {}) })
    },

    stop: (storyId) => running.get(storyId)?.turn.controller.abort(new Stopped('The writer stopped the turn')),

    active: (storyId) => {
      const found = running.get(storyId)
      return found ? activeTurn(found.turn) : null
    },
    last: (storyId) => unsaved.lastTurn(storyId) ?? stores.turns.last(storyId),
    steps: (id) => stores.turns.steps(id),
    alone: (id) => ({
      of: stores.turns.get(id)?.aloneOf ?? null,
      tries: stores.turns.aloneOf(id).flatMap(({ id: turnId, startedAt }) => {
        const [step] = stores.turns.steps(turnId)
        return step ? { turnId, role: step.role, startedAt } : []
      }),
    }),

    close: async () => {
      for (const { turn } of running.values()) turn.controller.abort(new AppCloses('The app closes'))
      await Promise.all([...running.values()].map(({ done }) => done))
      unsaved.close()
    },
  }
}

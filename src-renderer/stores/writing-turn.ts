import { create } from 'zustand'
import type { ActiveTurn } from '@contract/entities/story'
import type { EventPayload } from '@contract/events'
import type { MessageId, RoleId, StoryId, TurnId } from '@contract/ids'

/** A turn as it runs, or as it just ended and its passage has not come from the database yet. */
export interface LiveTurn {
  turnId: TurnId
  phase: 'running' | 'ended'
  /** Null until the first step is known. */
  role: RoleId | null
  /** Null when this window came late: the cast knows it. */
  model: string | null
  /** The roles of the turn's steps, and the place among them where it is; empty until the first step is known. */
  roles: readonly RoleId[]
  at: number
  /** When the step at work began, milliseconds since the epoch. */
  stepSince: number
  /** The passage being written; null while earlier roles work. */
  messageId: MessageId | null
  text: string
  /** Pieces that came after a gap in the text, waiting for what is missing. */
  waiting: Piece[]
}

interface Piece {
  messageId: MessageId
  offset: number
  text: string
}

interface TurnState {
  turns: Record<StoryId, LiveTurn>
  /** The last turn of each story whose end was heard: an answer that was on its way then does not bring it back. */
  lastEnded: Record<StoryId, TurnId>
  started(event: EventPayload<'turn.started'>): void
  step(event: EventPayload<'turn.step'>): void
  /** Returns true when text before this piece is missing and must be asked for. */
  delta(event: EventPayload<'turn.delta'>): boolean
  ended(event: EventPayload<'turn.ended'>): void
  /** What main says of the running turn; newer events are kept. */
  synced(active: ActiveTurn): void
  /** Main says that no turn runs: one that was thought to run has ended unheard. */
  endedUnheard(storyId: StoryId, turnId: TurnId): void
  /** The stored passage is on the page, so the live one may go. */
  drop(storyId: StoryId, turnId: TurnId): void
}

const newTurn = (turnId: TurnId): LiveTurn => ({
  turnId,
  phase: 'running',
  role: null,
  model: null,
  roles: [],
  at: 0,
  stepSince: Date.now(),
  messageId: null,
  text: '',
  waiting: [],
})

const without = <T>(record: Record<StoryId, T>, storyId: StoryId): Record<StoryId, T> => {
  if (!(storyId in record)) return record
  const { [storyId]: _gone, ...rest } = record
  return rest
}

/** Adds what fits, in order; a piece that is there already adds nothing, one behind a gap stays waiting. */
function joinPieces(turn: LiveTurn): LiveTurn {
  let { text } = turn
  const waiting: Piece[] = []
  for (const piece of turn.waiting.toSorted((a, b) => a.offset - b.offset)) {
    if (piece.messageId !== turn.messageId) continue
    if (piece.offset > text.length) waiting.push(piece)
    else text += piece.text.slice(text.length - piece.offset)
  }
  return { ...turn, text, waiting }
}

/** The running turns of the stories on screen. Text grows here only, so that one passage re-renders and no other. */
export const useTurnStore = create<TurnState>()((set, get) => {
  const put = (storyId: StoryId, turn: LiveTurn) => set((state) => ({ turns: { ...state.turns, [storyId]: turn } }))
  const known = (storyId: StoryId, turnId: TurnId): LiveTurn => {
    const turn = get().turns[storyId]
    return turn?.turnId === turnId ? turn : newTurn(turnId)
  }

  return {
    turns: {},
    lastEnded: {},

    started: ({ storyId, turnId }) => put(storyId, known(storyId, turnId)),

    step: ({ storyId, turnId, role, model, messageId, roles, at }) => {
      const turn = known(storyId, turnId)
      const sameText = turn.messageId === messageId
      put(
        storyId,
        joinPieces({
          ...turn,
          role,
          model,
          messageId,
          roles,
          at,
          stepSince: Date.now(),
          text: sameText ? turn.text : '',
        })
      )
    },

    delta: ({ storyId, turnId, messageId, offset, text }) => {
      const turn = known(storyId, turnId)
      const own = turn.messageId === messageId ? turn : { ...turn, messageId, text: '' }
      const next = joinPieces({ ...own, waiting: [...own.waiting, { messageId, offset, text }] })
      put(storyId, next)
      return next.waiting.length > 0
    },

    ended: ({ storyId, turnId }) => {
      set((state) => ({ lastEnded: { ...state.lastEnded, [storyId]: turnId } }))
      const turn = get().turns[storyId]
      if (turn?.turnId !== turnId) return
      // A turn that never reached a passage leaves nothing to wait for.
      if (turn.messageId === null) set((state) => ({ turns: without(state.turns, storyId) }))
      else put(storyId, { ...turn, phase: 'ended', waiting: [] })
    },

    synced: (active) => {
      const turn = known(active.storyId, active.turnId)
      if (turn.phase === 'ended' || get().lastEnded[active.storyId] === active.turnId) return
      const same = turn.messageId === active.messageId
      const text = same && turn.text.length > active.text.length ? turn.text : active.text
      put(
        active.storyId,
        joinPieces({
          ...turn,
          role: active.role,
          roles: active.roles,
          at: active.at,
          messageId: active.messageId ?? turn.messageId,
          text,
        })
      )
    },

    endedUnheard: (storyId, turnId) => {
      const turn = get().turns[storyId]
      if (turn?.turnId !== turnId || turn.phase === 'ended') return
      if (turn.messageId === null) set((state) => ({ turns: without(state.turns, storyId) }))
      else put(storyId, { ...turn, phase: 'ended', waiting: [] })
    },

    drop: (storyId, turnId) => {
      if (get().turns[storyId]?.turnId !== turnId) return
      set((state) => ({ turns: without(state.turns, storyId) }))
    },
  }
})

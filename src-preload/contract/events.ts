import { z } from 'zod'
import { GatewayRequest } from './entities/gateway'
import { GenerationState } from './entities/generation'
import { Job } from './entities/job'
import { ErrorShape } from './errors'
import { GenerationId, MessageId, RoleId, StoryId, TurnId } from './ids'
import { rowTopics, topics } from './route'

const turn = { turnId: TurnId, storyId: StoryId }

/** Everything main tells the renderer without being asked. */
export const events = {
  /**
   * Data changed; what read these topics is out of date. Where `only` names rows of a topic, no others changed (see `topics`).
   */
  'data.changed': z.strictObject({
    topics: z.array(z.enum(topics)),
    only: z.partialRecord(z.enum(rowTopics), z.array(z.string())),
  }),
  /** The data folder, which could not be written, was opened again: all that was asked before is out of date. */
  'storage.reopened': z.strictObject({}),
  /** A backup took the place of the database: nothing of what is shown need be there any more. */
  'storage.restored': z.strictObject({}),
  'turn.started': z.strictObject(turn),
  /** A role began to work. `messageId` is set when it writes the passage the reader sees. */
  'turn.step': z.strictObject({
    ...turn,
    role: RoleId,
    provider: z.string(),
    model: z.string(),
    messageId: MessageId.nullable(),
    /** The roles of the turn's steps, in their order, and the place among them where the turn is. */
    roles: z.array(RoleId),
    at: z.number().int().nonnegative(),
  }),
  /**
   * Text to append to a passage; merged to one event a frame. `offset` is where it begins in the passage, in UTF-16
   * units, so that a listener who came late can tell that it missed some.
   */
  'turn.delta': z.strictObject({ ...turn, messageId: MessageId, offset: z.number().int(), text: z.string() }),
  /** The passage is in the database as it will stay. */
  'turn.ended': z.strictObject({
    ...turn,
    messageId: MessageId.nullable(),
    outcome: z.enum(['complete', 'stopped', 'failed']),
    error: ErrorShape.nullable(),
  }),
  /**
   * Text to append to what a generation's answer, or its thinking, is so far; merged to one event a frame. `try` counts from
   * 0; with the offset 0 the answer begins, also where the one before it was given up. Not of rows of a batch.
   */
  'generation.delta': z.strictObject({
    id: GenerationId,
    try: z.number().int().nonnegative(),
    offset: z.number().int().nonnegative(),
    text: z.string(),
    kind: z.enum(['text', 'reasoning']),
  }),
  /** A generation came to its end, which is in the database. */
  'generation.ended': z.strictObject({ id: GenerationId, state: GenerationState }),
  /** Files were opened from outside, and wait to be taken (`files.takeOpened`). */
  'files.opened': z.strictObject({}),
  /** An import came further, in lines and passages; several times a second for a long chat. */
  'files.progress': z.strictObject({ done: z.number().int(), total: z.number().int() }),
  /** Requests to the gateway that came, came further or ended; at most four times a second. */
  'gateway.requests': z.strictObject({ requests: z.array(GatewayRequest) }),
  /** A job came further; at most four times a second for each. */
  'job.progress': Job,
}

export type Events = typeof events
export type EventName = keyof Events
export type EventPayload<Name extends EventName> = z.output<Events[Name]>
export type AnyEvent = { [Name in EventName]: { name: Name; payload: EventPayload<Name> } }[EventName]

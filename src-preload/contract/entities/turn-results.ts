import { z } from 'zod'
import { ErrorShape } from '../errors'
import { MessageId, RoleId, TurnId } from '../ids'

/** What a draft is held against, beside the story itself. */
export const CanonKind = z.enum(['passage', 'recalled', 'summary', 'character', 'place', 'persona', 'lore'])
export type CanonKind = z.infer<typeof CanonKind>

/** Where a quote of the canon stands. */
export const CanonPlace = z.strictObject({
  kind: CanonKind,
  /** Of the passage, the character, the lore entry … */
  id: z.string(),
  /** Its name; nothing for passages. */
  title: z.string(),
})
export type CanonPlace = z.infer<typeof CanonPlace>

/** How much a contradiction would disturb a reader. */
export const Severity = z.enum(['low', 'medium', 'high'])
export type Severity = z.infer<typeof Severity>

/** Where a draft and the canon disagree, as the Guard sees it. */
export const Contradiction = z.strictObject({
  /** Words of the draft. */
  quote: z.string(),
  /** Whether they do stand in the draft. */
  quoteFound: z.boolean(),
  /** Words of the canon that the draft breaks. */
  canon: z.string(),
  canonFound: z.boolean(),
  /** Where the words of the canon stand; null where the Guard names no place that there is. */
  place: CanonPlace.nullable(),
  /** One sentence. */
  why: z.string(),
  severity: Severity,
})
export type Contradiction = z.infer<typeof Contradiction>

/** A part of an earlier passage that was found again. */
export const RecalledPassage = z.strictObject({
  messageId: MessageId,
  /** In the passage, in UTF-16 units. */
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  foundBy: z.enum(['meaning', 'words', 'both', 'pin']),
})
export type RecalledPassage = z.infer<typeof RecalledPassage>

/** The same with its words as they stand now; null where they are gone. */
export const RecalledView = RecalledPassage.extend({ text: z.string().nullable() })
export type RecalledView = z.infer<typeof RecalledView>

/** What a step of a turn made, beside text. */
export const StepResult = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('verdict'), contradictions: z.array(Contradiction) }),
  z.strictObject({
    kind: z.literal('recalled'),
    queries: z.array(z.string()),
    passages: z.array(RecalledPassage),
    /** A model retold them: the passages as they stand did not fit. */
    condensed: z.boolean(),
  }),
])
export type StepResult = z.infer<typeof StepResult>

/** Why the Guard stopped asking for another draft. */
export const GuardEnd = z.enum(['rewrites', 'tokens', 'cost', 'time', 'failed'])
export type GuardEnd = z.infer<typeof GuardEnd>

/** Of an earlier turn, where this one was taken again from a later step: its records have what this note is about. */
const keptFrom = { turnId: TurnId.optional() }

/** What a writer should know of how a passage came about. Short: it is kept with the passage. */
export const PassageNote = z.discriminatedUnion('kind', [
  /** A step went wrong, and the turn went on without it. */
  z.strictObject({ kind: z.literal('failed'), role: RoleId, error: ErrorShape }),
  /**
   * The draft is the passage as it stands: the role that was to write it anew failed, or the turn ended before; or the
   * writer has chosen it in the place of what that role wrote.
   */
  z.strictObject({
    kind: z.literal('draft'),
    role: RoleId,
    error: ErrorShape.nullable(),
    chosen: z.literal(true).optional(),
  }),
  z.strictObject({
    kind: z.literal('guard'),
    /** `open`: contradictions are left in it; `accepted`: the writer keeps it all the same. */
    outcome: z.enum(['passed', 'open', 'accepted']),
    /** How often the draft was written again. */
    rewrites: z.number().int().nonnegative(),
    contradictions: z.number().int().nonnegative(),
    /** Null where nothing was left to ask for. */
    end: GuardEnd.nullable(),
    ...keptFrom,
  }),
  z.strictObject({ kind: z.literal('planned'), ...keptFrom }),
  z.strictObject({
    kind: z.literal('recalled'),
    passages: z.number().int().positive(),
    condensed: z.boolean(),
    /** They were found by their words alone, because search by meaning did not answer. */
    wordsAlone: z.boolean(),
    ...keptFrom,
  }),
  /** A model thought before it answered; what it thought is kept with the turn. */
  z.strictObject({ kind: z.literal('reasoning') }),
])
export type PassageNote = z.infer<typeof PassageNote>

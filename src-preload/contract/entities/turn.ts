import { z } from 'zod'
import { ErrorShape } from '../errors'
import { MessageId, RoleId, StoryId, TurnId } from '../ids'
import { JsonObject, JsonValue, LocalizedText, Timestamp } from '../values'
import { Origin } from './effective'
import { StepResult } from './turn-results'
import { unreadable } from './unreadable'

export const TurnKind = z.enum(['send', 'retry', 'continue'])
export type TurnKind = z.infer<typeof TurnKind>

/** `stopped`: by the writer, or because the app closed when words of the passage were there. */
export const TurnState = z.enum(['running', 'complete', 'stopped', 'failed'])
export type TurnState = z.infer<typeof TurnState>

/** `skipped`: there was nothing for it to do. */
export const StepState = z.enum(['running', 'complete', 'stopped', 'failed', 'skipped'])
export type StepState = z.infer<typeof StepState>

/** What became of a turn. */
export const Turn = z.strictObject({
  id: TurnId,
  storyId: StoryId,
  kind: TurnKind,
  state: TurnState,
  /** The passage before the one that it writes; null at the beginning of a story. */
  parentId: MessageId.nullable(),
  /** The passage that it writes; null while none is begun, and where no word of it came. */
  messageId: MessageId.nullable(),
  /** Why it failed. */
  error: ErrorShape.nullable(),
  startedAt: Timestamp,
  endedAt: Timestamp.nullable(),
  /** It took one step of this other turn alone, and wrote no passage. */
  aloneOf: TurnId.optional(),
})
export type Turn = z.infer<typeof Turn>

/** One part of a prompt, as the planner laid it. */
export const PromptPart = z.strictObject({
  id: z.string(),
  name: LocalizedText,
  tokens: z.number().int().nonnegative(),
  /** Passages or entries for which there was no room. */
  leftOut: z.number().int().nonnegative(),
})
export type PromptPart = z.infer<typeof PromptPart>

export const PromptMessage = z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })
export type PromptMessage = z.infer<typeof PromptMessage>

/**
 * Where a setting that a step worked with came from. `writer`: the role has no model of its own and works with the
 * Writer's; `backup`: a model of a chain was asked, with its own settings.
 */
export const StepSettingOrigin = z.enum([...Origin.options, 'writer', 'backup'])
export type StepSettingOrigin = z.infer<typeof StepSettingOrigin>

/** A setting of a step by its field path, as it was when the step was taken. */
export const StepSetting = z.strictObject({ path: z.string(), value: JsonValue, origin: StepSettingOrigin })
export type StepSetting = z.infer<typeof StepSetting>

/**
 * One step of a turn: mostly, a role asks its model; one that did without has no attempts, and no provider and model. Names, not ids: they stay true when the configuration changes. What was
 * sent, and all that came, are those of the last attempt; the ledger has the others.
 */
export const TurnStep = z.strictObject({
  /** From 0. */
  position: z.number().int().nonnegative(),
  role: RoleId,
  state: StepState,
  provider: z.string(),
  model: z.string(),
  server: z.string().nullable(),
  tokenName: z.string().nullable(),
  /** Attempts, with other keys and models among them. */
  attempts: z.number().int().nonnegative(),
  messages: z.array(PromptMessage),
  /** What the messages were laid from, in their order, and what was left out; empty where nobody kept it. */
  parts: z.array(PromptPart),
  /** Tokens that prompt and answer could share; null where nobody kept it. */
  window: z.number().int().nonnegative().nullable(),
  settings: z.array(StepSetting),
  parameters: JsonObject,
  responseSchema: JsonObject.nullable(),
  /** Settings that were set but not sent. */
  dropped: z.array(z.string()),
  /** As the model gave it. */
  answer: z.string(),
  reasoning: z.string(),
  inputTokens: z.number().int().nonnegative().nullable(),
  outputTokens: z.number().int().nonnegative().nullable(),
  /** US dollars. */
  cost: z.number().nonnegative().nullable(),
  /** Milliseconds from the last attempt's beginning to its first text; null when none came. */
  firstTokenMs: z.number().int().nonnegative().nullable(),
  /** Milliseconds from the step's beginning to its end, all attempts included. */
  totalMs: z.number().int().nonnegative(),
  error: ErrorShape.nullable(),
  /** What it made beside its answer. */
  result: StepResult.nullable(),
  unreadable,
  startedAt: Timestamp,
})
export type TurnStep = z.infer<typeof TurnStep>

/** A step as it would be taken now. */
export const PlannedStep = z.strictObject({
  role: RoleId,
  provider: z.string(),
  model: z.string(),
  /** Tokens that prompt and answer share, and what of them is kept for the answer. */
  window: z.number().int().nonnegative(),
  answer: z.number().int().nonnegative(),
  parts: z.array(PromptPart),
  /** Where it reads what an earlier step has yet to answer, that is missing here. */
  messages: z.array(PromptMessage),
})
export type PlannedStep = z.infer<typeof PlannedStep>

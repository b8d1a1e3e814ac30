import { z } from 'zod'
import { MessageId, PresetId, RoleId, StoryId, TurnId } from '../ids'
import { ErrorShape } from '../errors'
import { Language, LocalizedText, Name, Timestamp } from '../values'
import { PassageNote } from './turn-results'
import { unreadable } from './unreadable'

export const StoryTitle = Name

/** The longest line a writer can send, and the longest passage, in characters. */
export const PASSAGE_LIMIT = 200_000

export const PassageText = z.string().max(PASSAGE_LIMIT)

export const ChapterName = z.string().trim().max(120)

export const Story = z.strictObject({
  id: StoryId,
  title: z.string(),
  language: Language,
  presetId: PresetId,
  /** What stands in the composer, kept as typed. */
  draft: z.string(),
  archived: z.boolean(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type Story = z.infer<typeof Story>

export const StorySummary = z.strictObject({
  id: StoryId,
  title: z.string(),
  presetName: z.string(),
  passages: z.number().int().nonnegative(),
  /** The end of the last passage, at most 200 characters. */
  excerpt: z.string(),
  archived: z.boolean(),
  unreadable,
  updatedAt: Timestamp,
})
export type StorySummary = z.infer<typeof StorySummary>

/** `writer`: the user's own line; `story`: a passage that a model wrote. */
export const MessageAuthor = z.enum(['writer', 'story'])
export type MessageAuthor = z.infer<typeof MessageAuthor>

/**
 * `streaming`: being written; `complete`: ended by itself; `cut`: ended at the token limit; `stopped`: by the user, or
 * the app closed while it was written; `failed`: an error cut it.
 */
export const MessageState = z.enum(['streaming', 'complete', 'cut', 'stopped', 'failed'])
export type MessageState = z.infer<typeof MessageState>

/** Who wrote a passage. Names, not ids: they stay true when the config changes. */
export const Authorship = z.strictObject({
  role: RoleId,
  provider: z.string(),
  model: z.string(),
  tokenName: z.string().nullable(),
  /** Where the provider tells. */
  inputTokens: z.number().int().nonnegative().nullable(),
  outputTokens: z.number().int().nonnegative().nullable(),
  /** US dollars. */
  cost: z.number().nonnegative().nullable(),
  /** The turn that wrote it: its attempts are in the ledger. */
  turnId: TurnId.optional(),
  /** Settings that were set but not sent, because the model does not take them. */
  dropped: z.array(z.string()),
  /** In the order of the turn's steps. */
  notes: z.array(PassageNote).optional(),
})
export type Authorship = z.infer<typeof Authorship>

export const Message = z.strictObject({
  id: MessageId,
  storyId: StoryId,
  /** Its place in the story as it is shown, from 0. Places of deleted passages are counted, so there may be gaps. */
  position: z.number().int().nonnegative(),
  author: MessageAuthor,
  text: z.string(),
  state: MessageState,
  writtenBy: Authorship.nullable(),
  unreadable,
  edited: z.boolean(),
  /** How many earlier versions of its text are kept. */
  versions: z.number().int().nonnegative(),
  /** The passages that stand at this place, in the order they were made; this message is one of them. */
  alternatives: z.array(MessageId),
  /** A chapter ends with it: the chapter's name, which may be empty. */
  chapterEnd: ChapterName.optional(),
  /** The story as it is shown ends with it, and went on from it: in so many branches. */
  goesOn: z.number().int().positive().optional(),
  createdAt: Timestamp,
})
export type Message = z.infer<typeof Message>

/** How a story also goes on, behind the passage with which it ends as it is shown. */
export const StoryBranch = z.strictObject({
  /** Its first passage: `messages.choose` shows it. */
  id: MessageId,
  author: MessageAuthor,
  /** The beginning of that passage. */
  excerpt: z.string(),
  /** Places to its end. */
  length: z.number().int().positive(),
})
export type StoryBranch = z.infer<typeof StoryBranch>

/** A role as it will work in the next turn. */
export const CastMember = z.strictObject({
  role: RoleId,
  enabled: z.boolean(),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  /** As it is shown. */
  modelName: z.string().nullable(),
  /** Runs on this computer or network. */
  local: z.boolean(),
  /** The token that the next call would use. */
  tokenName: z.string().nullable(),
  /** Why the role cannot work, or why its server did not answer when it was last asked; else null. */
  problem: ErrorShape.nullable(),
})
export type CastMember = z.infer<typeof CastMember>

/** A turn that is running. */
export const ActiveTurn = z.strictObject({
  turnId: TurnId,
  storyId: StoryId,
  /** The role at work now. */
  role: RoleId,
  /** The roles of the turn's steps, in their order, and the place among them where the turn is. */
  roles: z.array(RoleId),
  at: z.number().int().nonnegative(),
  /** The passage being written; null while earlier roles work. */
  messageId: MessageId.nullable(),
  /** Its text so far. */
  text: z.string(),
})
export type ActiveTurn = z.infer<typeof ActiveTurn>

/** How much of a model's window the next turn would fill. Tokens, estimated so as to err on the side of too many. */
export const ContextUse = z.strictObject({
  /** The role that has the least room left. */
  role: RoleId,
  model: z.string(),
  /** What prompt and answer share. */
  window: z.number().int().nonnegative(),
  /** What the model is made for, and no setting can widen; null when nobody says. */
  limit: z.number().int().positive().nullable(),
  /** False: neither the model nor the user says how large the window is, and this is what is taken for it. */
  known: z.boolean(),
  /** The context that a model server would be asked for; null for others. */
  asked: z.number().int().nonnegative().nullable(),
  /** The parts of the prompt, in its order. */
  sections: z.array(z.strictObject({ id: z.string(), name: LocalizedText, tokens: z.number().int().positive() })),
  /** Kept free for the answer. */
  answer: z.number().int().nonnegative(),
  /** Earlier passages for which there is no room: the model will not know of them. */
  leftOut: z.number().int().nonnegative(),
})
export type ContextUse = z.infer<typeof ContextUse>

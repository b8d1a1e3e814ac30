import { z } from 'zod'
import { ErrorShape } from '../errors'
import { JobId, MediaId, MessageId, StageId, StoryId, WorldEntryId } from '../ids'
import { JsonObject, Name, Timestamp } from '../values'
import { Call } from './usage'
import { unreadable } from './unreadable'

/** Characters of text that a poem, a voice, a song or a clip is made of. */
export const LONGEST_MEDIA_TEXT = 200_000

/** `waiting`: for its turn; `stopped`: by the user; `failed`: `error` says why. Both can be tried again. */
export const MediaState = z.enum(['waiting', 'running', 'complete', 'stopped', 'failed'])
export type MediaState = z.infer<typeof MediaState>

/** What was made is kept in a file of the data folder, which is called by the SHA-256 of its bytes. */
export const MediaFile = z.strictObject({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** `audio/wav`, `video/webm`. */
  type: z.string(),
  bytes: z.number().int().nonnegative(),
  /** What the file says of itself; null for what it does not. */
  durationMs: z.number().int().nonnegative().nullable(),
  channels: z.number().int().positive().nullable(),
  /** Hertz. */
  sampleRate: z.number().int().positive().nullable(),
  /** Pixels. */
  width: z.number().int().positive().nullable(),
  height: z.number().int().positive().nullable(),
})
export type MediaFile = z.infer<typeof MediaFile>

/** A part of a text with who says it. Offsets in UTF-16 units of the text. */
export const SpokenPart = z.strictObject({
  from: z.number().int().nonnegative(),
  to: z.number().int().nonnegative(),
  /** The character; null for the narrator, and for somebody who is in no world of the story. */
  entryId: WorldEntryId.nullable(),
  /** Null: the voice of the stage. */
  voice: z.string().min(1).max(300).nullable(),
})
export type SpokenPart = z.infer<typeof SpokenPart>

/** When a sentence of the text is heard. */
export const SpokenSentence = z.strictObject({
  from: z.number().int().nonnegative(),
  to: z.number().int().nonnegative(),
  startMs: z.number().int().nonnegative(),
  endMs: z.number().int().nonnegative(),
})
export type SpokenSentence = z.infer<typeof SpokenSentence>

/** What a stage is to make. */
export const MediaRequest = z.strictObject({
  stage: StageId,
  /** The story and the passage that it is made for. */
  storyId: StoryId.nullable(),
  messageId: MessageId.nullable(),
  /** What it is made from, as a song from a poem. */
  sourceId: MediaId.nullable(),
  /** The passage, the poem, the scene: what the stage works on. */
  text: z.string().trim().min(1).max(LONGEST_MEDIA_TEXT),
  /** Over those of the stage, by the same schema. */
  settings: JsonObject.default({}),
  /** Who says what, for a voice; null: as the names in the text tell. */
  parts: z.array(SpokenPart).max(20_000).nullable().default(null),
})
export type MediaRequest = z.infer<typeof MediaRequest>

/** What a request would take. Nothing is asked of the provider. */
export const MediaPlan = z.strictObject({
  provider: z.string(),
  model: z.string(),
  tokenName: z.string().nullable(),
  /** Of the text, as they are counted for the price. */
  characters: z.number().int().nonnegative(),
  /** Requests to the provider. */
  requests: z.number().int().nonnegative(),
  /** US dollars, an estimate; null where the price is not known. */
  cost: z.number().nonnegative().nullable(),
  /** Milliseconds of what would be made, an estimate; null where nobody can say. */
  durationMs: z.number().int().nonnegative().nullable(),
  /** Of a voice: who says what. */
  parts: z.array(SpokenPart),
})
export type MediaPlan = z.infer<typeof MediaPlan>

const told = {
  id: MediaId,
  stage: StageId,
  title: z.string(),
  state: MediaState,
  error: ErrorShape.nullable(),
  storyId: StoryId.nullable(),
  /** Null also when the story is gone. */
  storyTitle: z.string().nullable(),
  messageId: MessageId.nullable(),
  sourceId: MediaId.nullable(),
  /** Names, not ids: they stay true when the settings change. */
  provider: z.string(),
  model: z.string(),
  tokenName: z.string().nullable(),
  /** Null for what is words alone, and as long as there is none. */
  file: MediaFile.nullable(),
  /** US dollars; null where nobody said. */
  cost: Call.shape.cost,
  costSource: Call.shape.costSource,
  /** `job.progress` of this one tells how far it is; null when it is long over. */
  jobId: JobId.nullable(),
  createdAt: Timestamp,
  unreadable,
}

/** Something that a stage made, or is making, as a list shows it. */
export const MediaSummary = z.strictObject({
  ...told,
  /** The beginning of the poem, or of the text that it is made of, at most 200 characters. */
  excerpt: z.string(),
})
export type MediaSummary = z.infer<typeof MediaSummary>

export const Media = z.strictObject({
  ...told,
  /** What it was made of. */
  text: z.string(),
  /** The poem; empty for everything else. */
  words: z.string(),
  settings: JsonObject,
  parts: z.array(SpokenPart),
  /** Of a voice, in their order. */
  sentences: z.array(SpokenSentence),
  /** How loud it is, from 0 to 1, at equal steps through the whole; empty where that is not known. */
  peaks: z.array(z.number().min(0).max(1)),
})
export type Media = z.infer<typeof Media>

export const MediaTitle = Name

/** The kind of job that makes media. */
export const MEDIA = 'media'
export const MediaInput = z.strictObject({ mediaId: MediaId })
export type MediaInput = z.infer<typeof MediaInput>

export const MediaProgress = z.strictObject({
  /** `asking`: the request is on its way; `queued`: it waits at the provider. */
  phase: z.enum(['waiting', 'asking', 'queued', 'making', 'fetching', 'finishing']),
  /** From 0 to 1; null where nobody can say. */
  done: z.number().min(0).max(1).nullable(),
  /** The poem as far as it is. */
  words: z.string(),
})
export type MediaProgress = z.infer<typeof MediaProgress>

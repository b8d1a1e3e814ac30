import type { RoleWork } from '@contract/entities/model-config'
import type { TurnStep as TurnStepRecord } from '@contract/entities/turn'
import type { PassageNote, StepResult } from '@contract/entities/turn-results'
import type { MessageId, RoleId } from '@contract/ids'
import type { JsonObject, JsonValue } from '@contract/values'
import type { StoryRow } from '@main/data/story-store'
import type { History } from '@main/prompts/history'
import type { Note, RecalledText } from '@main/prompts/section'
import type { StorySoFar } from '@main/prompts/story-so-far'
import type { SceneWorld } from '@main/worlds/scene-world'

/** What the steps of a turn work on. */
export interface TurnScene {
  story: Pick<StoryRow, 'id' | 'title' | 'language'>
  /** Ends before the passage that is to be written. */
  history: History
  /** The beginning of a passage that broke off and is to be completed, or nothing. */
  opening: string
  /** Who and what of the story's worlds is in the scene. */
  world: SceneWorld
  /** What earlier steps left for later ones, by name. */
  notes: Map<string, Note>
  /** What each role is told, from the beginning of the turn to its end, whatever is changed meanwhile. */
  templates: ReadonlyMap<RoleId, string>
  /** Parts of earlier passages that were found again and that the window does not show, the best one first. */
  recalled: readonly RecalledText[]
  /** What is known in short of the passages before. */
  soFar: StorySoFar
}

/** JSON that fits a schema, and how it becomes the text of a note. */
export interface JsonAnswer {
  schema: JsonObject
  /** Throws for what the schema does not allow: providers promise it, and do not all keep it. */
  read(value: JsonValue): string
}

export interface StepPrompt {
  /** The role whose template it is. */
  voice: RoleId
  /** How many tokens of recent text it needs; as many as fit where it is not given. */
  recentText?: number
}

interface Step {
  role: RoleId
  /** Where it fails, the turn goes on without it, and the passage says so. */
  optional?: boolean
  /** Of its first request. */
  prompt(scene: TurnScene): StepPrompt
}

/** What is kept of a step of an earlier turn. */
export type TakenStep = Pick<TurnStepRecord, 'role' | 'state' | 'answer' | 'result'>

/** One request to a model. */
export type AskStep = Step &
  (
    | { becomes: 'passage' }
    | {
        becomes: 'note'
        note: string
        answers: 'text' | JsonAnswer
        says?: PassageNote
        /** About how long the note is, for a dry run, where its prompt says so; otherwise as long as an answer may be. */
        tokens?: number
      }
  )

/** A step that asks more than once, or none at all, and decides by itself what becomes of the answers. */
export interface WorkStep extends Step {
  becomes: 'work'
  optional: true
  /** The note that it may leave, and about how many tokens that is: for a dry run. */
  leaves?: { note: string; tokens: number }
  /** Where its role is off, and the Writer does the work of such roles, it is taken all the same, without a model. */
  worksAlone?: boolean
  take(desk: StepDesk): Promise<void>
  /** The note under the passage that says what came of it. */
  says: PassageNote['kind']
  /** Leaves what it left when it was taken, where a turn is taken again from a later step. */
  restore?(scene: TurnScene, taken: readonly TakenStep[], textOf: (id: MessageId) => string | null): void
}

/**
 * What a role does within a turn. Its role says which model; when it is taken is said in `turn-outline.ts`. What becomes of
 * the answer:
 *
 * - `passage`: it is the next passage, and the reader sees it grow; unless a later step of the turn reads it: then it is
 *   the draft for that one, and nobody sees it;
 * - `note`: later steps read it, under its name, in their prompts;
 * - `work`: what the step makes of it.
 */
export type TurnStep = AskStep | WorkStep

export interface StepRequest {
  prompt: StepPrompt
  schema?: JsonObject
  /** Ends with the turn's own signal too. */
  signal?: AbortSignal
}

export interface StepAnswer {
  text: string
  /** By name. */
  provider: string
  model: string
  /** Read and written; estimated where the provider does not say. */
  tokens: number
  /** US dollars; 0 where the price is not known. */
  cost: number
}

export interface WindowLook {
  /** The passages that it shows. */
  shown: ReadonlySet<MessageId>
  /** What a section takes of it. */
  tokensOf(section: string): number
}

/** What a step works with, beside its scene. */
export interface StepDesk {
  scene: TurnScene
  /** How the role is to work. */
  work: RoleWork
  /** False: its role is off, and it must do without. */
  hasModel: boolean
  /** Ends the turn. */
  signal: AbortSignal
  /** Milliseconds since the epoch. */
  now(): number
  /** Makes one request, which is a step of its own in the record of the turn. Throws as calls do. */
  ask(request: StepRequest): Promise<StepAnswer>
  /** The Writer writes the draft anew, with what is to be mended; one that fails leaves the old draft as it is. */
  redraft(remarks: string, signal: AbortSignal): Promise<StepAnswer>
  /** What the Writer's window would hold if it was asked now. */
  look(): Promise<WindowLook>
  /** Keeps what came of the step, with its last request. */
  report(result: StepResult): void
  /** The last answer was of no use: says why in its record. */
  refuse(error: unknown): void
  /** Tells the writer, under the passage. */
  say(note: PassageNote): void
  /** Tells that something went wrong that the turn goes on without. */
  fault(error: unknown): void
}

import type { RoleId } from '@contract/ids'
import type { JsonObject, JsonValue } from '@contract/values'
import type { StoryRow } from '@main/data/story-store'
import type { History } from '@main/prompts/history'
import type { Note } from '@main/prompts/section'

/** What the steps of a turn work on. */
export interface TurnScene {
  story: Pick<StoryRow, 'title' | 'language'>
  /** Ends before the passage that is to be written. */
  history: History
  /** The beginning of a passage that broke off and is to be completed, or nothing. */
  opening: string
  /** What earlier steps left for later ones, by name. */
  notes: Map<string, Note>
}

/** JSON that fits a schema, and how it becomes the text of a note. */
export interface JsonAnswer {
  schema: JsonObject
  /** Throws for what the schema does not allow: providers promise it, and do not all keep it. */
  read(value: JsonValue): string
}

/**
 * One request to a model within a turn. Its role says which model; the step is taken where the role is switched on.
 * What becomes of the answer:
 *
 * - `passage`: it is the next passage, and the reader sees it grow; unless a later step of the turn writes the passage
 *   too: then it is the draft for that one, and nobody sees it;
 * - `note`: later steps read it, under its name, in their prompts.
 */
export type TurnStep = {
  role: RoleId
  /** Ids of prompt sections, in the order of the prompt, and the role whose words the instructions are. */
  prompt(scene: TurnScene): { sections: readonly string[]; voice: RoleId }
} & ({ becomes: 'passage' } | { becomes: 'note'; note: string; answers: 'text' | JsonAnswer })

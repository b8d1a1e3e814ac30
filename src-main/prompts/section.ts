import type { RecalledPassage } from '@contract/entities/turn-results'
import type { TemplateVariable } from '@contract/entities/template-text'
import type { Language, LocalizedText } from '@contract/values'
import type { TextMessage } from '@main/providers/spec/chat'
import type { SceneWorld } from '@main/worlds/scene-world'
import type { History } from './history'
import type { StorySoFar } from './story-so-far'

/** What prompts are made of. */
export interface PromptMaterial {
  story: { title: string; language: Language }
  history: History
  /** How many tokens of recent text the role needs; as many as fit where it is not given. */
  recentText?: number
  /** The beginning of a passage that broke off and is to be completed, or nothing. */
  opening: string
  /** What earlier steps of the turn left for later ones, by name. */
  notes: ReadonlyMap<string, Note>
  /** Parts of earlier passages that were found again, the best one first. */
  recalled: readonly RecalledText[]
  /** What is known in short of the passages before. */
  soFar: StorySoFar
  /** Who and what of the story's worlds is in the scene. */
  world: SceneWorld
}

/** A part of an earlier passage with its words. */
export interface RecalledText extends RecalledPassage {
  text: string
  /** Where the passage stands in the story: those told earlier come first. */
  place: number
}

/** A text; or, where a step has not run yet, the tokens that its text may take. */
export type Note = { text: string } | { tokens: number }

/**
 * One part of a prompt. A template says by its variable where it stands; here stands how it shares the model's window
 * with the others:
 *
 * - `priority`: sections get their room in this order, the lowest first;
 * - `minimum`: the tokens that are kept free for it before those that come later get any; `all` means that it is sent
 *   whole, however small the window is;
 * - `elasticity`: the share, 0 to 1, of the room that is free at its turn which it may take beyond its minimum. Room that
 *   no section took goes to those with more than 0, again by priority.
 */
export interface Section {
  id: string
  name: LocalizedText
  variable: SectionVariable
  priority: number
  minimum: number | 'all'
  elasticity: number
  /** What it says in this prompt; null when that is nothing. */
  content(material: PromptMaterial): SectionContent | null
}

/** How a template places a section: within a message, or as messages of its own. */
export type SectionVariable = TemplateVariable & { kind: 'section' | 'messages' }

export interface SectionContent {
  /** Takes what fits into so many tokens; everything for `Infinity`. */
  fit(room: number): SectionFit
}

/** A message with its place among the passages of the story, where that matters. */
export interface PlacedMessage extends TextMessage {
  /** It is a passage of the story. */
  isPassage?: true
  /** It stands there where so many passages come after it, wherever its section stands. */
  depth?: number
  /** Among those of one depth: behind those of a lower rank; 0 by default. */
  rank?: number
}

/** What of a section is sent. */
export interface SectionFit {
  tokens: number
  /** Counts what there was no room for: passages, entries. */
  leftOut(): number
  /** Reads what is sent, in the order of the prompt. */
  messages(): PlacedMessage[]
}

import type { TextMessage } from '@main/providers/spec/chat'
import type { Section } from './section'

/** Who says a message. */
export type Speaker = TextMessage['role']

/**
 * One piece of a prompt:
 *
 * - `words`: sent as they are;
 * - a section in the text of a message, said by its `speaker`; or with null, as messages of its own.
 */
export type PromptPiece =
  | { kind: 'words'; speaker: Speaker; text: string }
  | { kind: 'section'; speaker: Speaker | null; section: Section }

/** What a part of a prompt is called. */
export type PartName = Pick<Section, 'id' | 'name'>

/** The words of a prompt that belong to no section. */
export const wordsPart: PartName = { id: 'instructions', name: { en: 'Instructions', ru: 'Указания' } }

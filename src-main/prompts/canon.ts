import type { CanonPlace } from '@contract/entities/turn-results'
import type { PathText } from '@main/data/message-path'
import type { PromptMaterial } from './section'

/** What a draft is held against is read in pieces, each under a label by which an answer can name it. */
export interface CanonItem {
  label: string
  place: CanonPlace
  text: string
}

export type CanonMaterial = Pick<PromptMaterial, 'history' | 'recalled'>

/** What is settled beside the newest passages, the most telling first. */
export const settledItems = ({ recalled }: CanonMaterial): CanonItem[] =>
  recalled.map(({ messageId, text }, index) => ({
    label: `R${index + 1}`,
    place: { kind: 'recalled', id: messageId, title: '' },
    text,
  }))

/** The newest passages, the newest one first. */
export const passageItems = ({ history }: CanonMaterial, count: number): CanonItem[] =>
  history
    .newest(count)
    .toReversed()
    .map(({ id, text }: PathText, index) => ({
      label: `P${index + 1}`,
      place: { kind: 'passage', id, title: '' },
      text,
    }))

/** As a model reads it. */
export const canonText = (items: readonly CanonItem[]): string =>
  items
    .map(({ label, place, text }) => `[${[label, place.title].filter(Boolean).join(' · ')}]\n${text.trim()}`)
    .join('\n\n')

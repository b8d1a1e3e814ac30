import type { PromptPiece } from '@main/prompts/prompt-piece'
import type { PromptMaterial, Section } from '@main/prompts/section'
import { nothingInShort } from '@main/prompts/story-so-far'
import { emptySceneWorld } from '@main/worlds/scene-world'

/** What a prompt is made of in a story in which nothing has been written yet. */
export const emptyMaterial: PromptMaterial = {
  story: { title: 'A story', language: 'en' },
  history: { last: () => null, sizes: () => [], newest: () => [], lengthUpTo: () => 0 },
  opening: '',
  world: emptySceneWorld,
  notes: new Map(),
  recalled: [],
  soFar: nothingInShort,
}

/** How a section shares a window. */
export type Sharing = Pick<Section, 'priority' | 'minimum' | 'elasticity'>

/** A section that templates place by its id. */
export const testSection = (id: string, sharing: Sharing, content: Section['content']): Section => ({
  id,
  name: { en: id, ru: id },
  variable: { name: id, kind: 'section', help: { en: id, ru: id } },
  ...sharing,
  content,
})

/** Sections one after the other, each as messages of its own. */
export const asMessages = (sections: readonly Section[]): PromptPiece[] =>
  sections.map((section) => ({ kind: 'section', speaker: null, section }))

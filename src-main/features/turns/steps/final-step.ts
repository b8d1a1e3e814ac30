import type { TurnStep } from './turn-step'
import { DRAFT } from '@main/prompts/notes'
import { STORYTELLER } from '@main/settings/role-registry'
import { draftStep } from './draft-step'

/** The Storyteller writes the draft anew for the reader. A passage that broke off has no draft: it is written on. */
export const finalStep: TurnStep = {
  role: STORYTELLER,
  prompt: (scene) => (scene.notes.has(DRAFT) ? { voice: STORYTELLER } : draftStep.prompt(scene)),
  becomes: 'passage',
}

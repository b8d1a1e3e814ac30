import type { TurnStep } from './turn-step'
import { DRAFT } from '@main/prompts/sections/draft'
import { STORYTELLER } from '@main/settings/role-registry'
import { draftStep } from './draft-step'

/** The Storyteller writes the draft anew for the reader. A passage that broke off has no draft: it is written on. */
export const finalStep: TurnStep = {
  role: STORYTELLER,
  prompt: (scene) =>
    scene.notes.has(DRAFT)
      ? {
          sections: ['instructions', 'style', 'persona', 'characters', 'history', 'note', 'line', 'draft'],
          voice: STORYTELLER,
        }
      : draftStep.prompt(scene),
  becomes: 'passage',
}

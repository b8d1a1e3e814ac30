import type { TurnStep } from './turn-step'
import { MAIN } from '@main/settings/role-registry'

/** The Writer answers the writer's line, goes on by itself, or completes a passage that broke off. */
export const draftStep: TurnStep = {
  role: MAIN,
  prompt: () => ({ sections: ['instructions', 'history', 'line', 'request'], voice: MAIN }),
  becomes: 'passage',
}

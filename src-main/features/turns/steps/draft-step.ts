import type { TurnStep } from './turn-step'
import { MAIN } from '@main/settings/role-registry'

/**
 * The Writer answers the writer's line, goes on by itself, or completes a passage that broke off. Where what it wrote was
 * turned down, it sees that passage and why.
 */
export const draftStep: TurnStep = {
  role: MAIN,
  prompt: () => ({ voice: MAIN }),
  becomes: 'passage',
}

import type { TurnStep } from './turn-step'
import { PLAN } from '@main/prompts/notes'
import { DIRECTOR } from '@main/settings/role-registry'

/** Tokens of a plan: its prompt asks for 120 words at most, which take more of them in Russian than in English. */
const LENGTH = 400

/** The Director says what the next passage is to bring, before the Writer writes it. */
export const directorStep: TurnStep = {
  role: DIRECTOR,
  optional: true,
  prompt: () => ({ voice: DIRECTOR }),
  becomes: 'note',
  note: PLAN,
  answers: 'text',
  tokens: LENGTH,
  says: { kind: 'planned' },
}

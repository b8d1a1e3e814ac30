import type { TurnStep } from './turn-step'
import { directorStep } from './director-step'
import { draftStep } from './draft-step'
import { finalStep } from './final-step'
import { guardStep } from './guard-step'

/** What a turn does, in order. Another role that acts is a file beside this one and an entry here. */
export const turnSteps: readonly TurnStep[] = [directorStep, draftStep, guardStep, finalStep]

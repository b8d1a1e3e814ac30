import type { Memory } from '@main/memory/memory'
import { directorStep } from './director-step'
import { draftStep } from './draft-step'
import { finalStep } from './final-step'
import { guardStep } from './guard-step'
import { createMemoryStep } from './memory-step'
import type { TurnStep } from './turn-step'

/** What a turn does, in order. Another role that acts is a file beside this one and an entry here. */
export const createTurnSteps = (ports: { memory: Pick<Memory, 'recall'> }): readonly TurnStep[] => [
  directorStep,
  createMemoryStep(ports.memory),
  draftStep,
  guardStep,
  finalStep,
]

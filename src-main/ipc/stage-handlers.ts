import type { Stages } from '@main/features/media/stages'
import type { HandlersOf } from './router'

export const stageHandlers = (stages: Stages): HandlersOf<'stages'> => ({
  'stages.list': () => stages.list(),
  'stages.save': (input) => stages.save(input),
  'stages.refresh': ({ id }) => stages.refresh(id),
  'stages.clear': ({ id }) => stages.clear(id),
})

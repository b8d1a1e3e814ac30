import type { GenerationUses } from '@main/features/templates/generation-uses'
import type { Generations } from '@main/features/templates/generations'
import type { HandlersOf } from './router'

export const generationHandlers = (ports: {
  generations: Generations
  uses: GenerationUses
}): HandlersOf<'generations'> => {
  const { generations, uses } = ports
  return {
    'generations.start': (input) => generations.start(input),
    'generations.again': (input) => generations.again(input),
    'generations.stop': ({ id }) => {
      generations.stop(id)
      return {}
    },
    'generations.get': ({ id }) => generations.get(id),
    'generations.list': (input) => generations.list(input),
    'generations.models': () => generations.models(),
    'generations.lastInputs': ({ templateId }) => generations.lastInputs(templateId),
    'generations.edit': (input) => generations.edit(input),
    'generations.favourite': ({ id, favourite }) => {
      generations.setFavourite(id, favourite)
      return {}
    },
    'generations.delete': ({ ids }) => {
      generations.remove(ids)
      return {}
    },
    'generations.restore': ({ ids }) => {
      generations.restore(ids)
      return {}
    },
    'generations.becomes': (input) => uses.becomes(input),
    'generations.intoStory': (input) => uses.intoStory(input),
  }
}

import type { Usage } from '@main/features/usage/usage'
import type { EventHub } from '@main/platform/event-hub'
import type { Simulations } from '@main/routing/simulations'
import type { HandlersOf } from './router'

export const usageHandlers = (ports: {
  usage: Usage
  simulations: Simulations
  events: EventHub
}): HandlersOf<'usage' | 'simulations'> => {
  const { usage, simulations, events } = ports
  return {
    'usage.summary': (input) => usage.summary(input),
    'usage.calls': (input) => usage.calls(input),
    'usage.ofTurn': ({ turnId }) => usage.ofTurn(turnId),
    'usage.ofGeneration': ({ generationId }) => usage.ofGeneration(generationId),
    'usage.export': (period) => usage.export(period),

    'simulations.list': () => simulations.list(),
    'simulations.set': ({ target, failure }) => {
      simulations.set(target, failure)
      events.changed('simulations')
      return simulations.list()
    },
  }
}

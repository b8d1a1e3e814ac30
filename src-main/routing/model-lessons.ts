import type { ModelLessons as Learnt } from '@main/data/model-store'
import type { Stores } from '@main/data/stores'
import type { EventHub } from '@main/platform/event-hub'
import { settingsNamed, type SentSetting } from '@main/providers/kit/parameters'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { CallPlan } from './call-plan'

/** Keeps what failed calls teach about a model, for as long as its provider lists the same facts about it. */
export interface ModelLessons {
  /**
   * Learns which settings the provider refuses by name, and how much the model really reads. Answers the settings without
   * which the request may be made again at once; none when it refused none, or one that the writer relies on.
   */
  learnFrom(error: unknown, plan: CallPlan, sent: readonly SentSetting[]): string[]
}

export function createModelLessons({ stores, events }: { stores: Stores; events: EventHub }): ModelLessons {
  const keep = ({ facts }: CallPlan, change: (before: Learnt) => Learnt) => {
    if (!facts) return
    stores.models.learn(facts.id, change(stores.models.lessons(facts.id)))
    events.changed({ topic: 'models', ids: [facts.id] })
  }
  return {
    learnFrom: (error, plan, sent) => {
      if (!(error instanceof ProviderFailure)) return []
      const { contextLength, refused } = error
      if (contextLength !== null && contextLength !== plan.facts?.contextLength)
        keep(plan, (before) => ({ ...before, contextLength }))
      if (!refused) return []
      const names = settingsNamed(refused.names, sent)
      if (names.length > 0 && refused.always)
        keep(plan, (before) => ({ ...before, refused: [...new Set([...(before.refused ?? []), ...names])] }))
      return names
    },
  }
}

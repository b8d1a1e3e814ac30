import type { Stores } from '@main/data/stores'
import type { EventHub } from '@main/platform/event-hub'
import { settingsNamed, type SentSetting } from '@main/providers/kit/parameters'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { CallPlan } from './call-plan'

/** Keeps what failed calls teach about a model, for as long as its provider lists the same facts about it. */
export interface ModelLessons {
  /**
   * The settings without which a request that failed may be made again at once: those that the provider refused by name.
   * Empty when it refused none, or one that the writer relies on.
   */
  refusedBy(error: unknown, plan: CallPlan, sent: readonly SentSetting[]): string[]
}

export function createModelLessons({ stores, events }: { stores: Stores; events: EventHub }): ModelLessons {
  return {
    refusedBy: (error, { facts }, sent) => {
      if (!(error instanceof ProviderFailure) || !error.refused) return []
      const names = settingsNamed(error.refused.names, sent)
      if (names.length > 0 && error.refused.always && facts) {
        const before = stores.models.lessons(facts.id)
        stores.models.learn(facts.id, { ...before, refused: [...new Set([...(before.refused ?? []), ...names])] })
        events.changed('models')
      }
      return names
    },
  }
}

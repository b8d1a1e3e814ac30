import type { Model } from '@contract/entities/model'
import type { ServerId } from '@contract/ids'

/** What the models of each server can do, all together; `embedding` for models that make vectors. Sorted. */
export function modelAbilities(models: readonly Model[]): Map<ServerId, string[]> {
  const found = new Map<ServerId, Set<string>>()
  for (const { serverId, available, kind, capabilities } of models) {
    if (serverId === null || !available) continue
    const abilities = found.get(serverId) ?? new Set()
    found.set(serverId, abilities)
    if (kind === 'embedding') abilities.add('embedding')
    else for (const capability of capabilities) abilities.add(capability)
  }
  return new Map([...found].map(([id, abilities]) => [id, [...abilities].toSorted()]))
}

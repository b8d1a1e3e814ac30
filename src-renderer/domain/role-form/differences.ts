import type { EffectiveRole } from '@contract/entities/effective'

/** One thing in which a role of a story differs from its preset, as a person counts them. */
export interface Difference {
  /** The field path that stands for it. */
  path: string
  /** All field paths that belong to it. */
  paths: string[]
  /** The preset has changed under it. */
  outdated: boolean
}

/** Fields that are one choice: the first that differs stands for all. */
const together = [['model', 'providerId', 'serverId']]

/** The differences of a role, a model with its provider and server counted as one. */
export function differencesOf({ overrides }: Pick<EffectiveRole, 'overrides'>): Difference[] {
  const paths = Object.keys(overrides)
  const sets = together.map((set) => set.filter((path) => paths.includes(path))).filter((set) => set.length > 0)
  const alone = paths.filter((path) => !together.flat().includes(path)).map((path) => [path])
  return [...sets, ...alone].map((set) => ({
    path: set[0] ?? '',
    paths: set,
    outdated: set.some((path) => overrides[path]?.outdated),
  }))
}

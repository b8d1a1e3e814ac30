import type { SceneReason } from '@contract/entities/story-world'
import type { LoreEntry } from '@contract/entities/world'

interface Candidate {
  entry: LoreEntry
  reason: SceneReason
}

/**
 * Of those that share a group only one is told: one that is awake already or stays awake, one that is held in the scene,
 * the one of highest `order` among those that come first, or one by the weights of all. An entry of several groups must
 * be the one in each.
 */
export function pickOfGroups<One extends Candidate>(
  candidates: readonly One[],
  awake: readonly Candidate[],
  { chance }: { chance(name: string): number }
): { picked: One[]; lost: One[] } {
  const lost = new Set<One>()
  for (const group of new Set(candidates.flatMap(({ entry }) => entry.fields.groups))) {
    const isIn = ({ entry }: Candidate) => entry.fields.groups.includes(group)
    const rivals = candidates.filter((one) => isIn(one) && !lost.has(one))
    const winner = awake.some(isIn) ? null : winnerOf(rivals, () => chance(`group ${group}`))
    for (const one of rivals) if (one !== winner) lost.add(one)
  }
  return { picked: candidates.filter((one) => !lost.has(one)), lost: [...lost] }
}

function winnerOf<One extends Candidate>(rivals: readonly One[], chance: () => number): One | null {
  const held = rivals.find(({ reason }) => reason.type === 'pinned' || reason.type === 'sticky')
  if (held) return held
  const [first] = rivals
    .filter(({ entry }) => entry.fields.groupFirst)
    .toSorted((a, b) => b.entry.fields.order - a.entry.fields.order)
  if (first || rivals.length < 2) return first ?? rivals[0] ?? null
  const weights = rivals.map(({ entry }) => entry.fields.groupWeight)
  let left = chance() * weights.reduce((sum, weight) => sum + weight, 0)
  for (const [index, weight] of weights.entries()) {
    left -= weight
    if (left < 0) return rivals[index] ?? null
  }
  // All weights are 0: the first one.
  return rivals[0] ?? null
}

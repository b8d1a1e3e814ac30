import type { Pull } from '@contract/entities/server'
import type { PullProgress } from '@main/providers/spec/protocol'

/** A pull with one more line of what its server says. Layers stay in the order in which they first came up. */
export function withProgress(pull: Pull, { status, layer }: PullProgress): Pull {
  if (!layer) return { ...pull, status }
  const at = pull.layers.findIndex(({ digest }) => digest === layer.digest)
  return { ...pull, status, layers: at < 0 ? [...pull.layers, layer] : pull.layers.with(at, layer) }
}

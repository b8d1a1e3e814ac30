import { ModelKind } from './entities/model'
import type { ProviderKind } from './entities/provider'

/** Whether a provider has models for the catalogue and for roles. One that makes voices, music or films alone has none. */
export const hasCatalogue = ({ kinds }: { kinds: readonly ProviderKind[] }): boolean =>
  ModelKind.options.some((kind) => kinds.includes(kind))

/** What a media stage can ask a provider for, beside words. */
const mediaKinds = ['speech', 'music', 'video'] as const satisfies readonly ProviderKind[]

export const mediaKindsOf = ({ kinds }: { kinds: readonly ProviderKind[] }): (typeof mediaKinds)[number][] =>
  mediaKinds.filter((kind) => kinds.includes(kind))

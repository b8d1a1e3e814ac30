import { create } from 'zustand'
import type { ProviderId, StageId, TokenId } from '@contract/ids'
import type { JsonObject } from '@contract/values'

/** What was chosen for a stage and is not saved. A key that is being pasted is not in it: it stays in its field. */
export interface StageDraft {
  providerId: ProviderId
  key: TokenId | 'new' | null
  model: string | null
  settings: JsonObject
}

interface StageDrafts {
  drafts: Partial<Record<StageId, StageDraft>>
  put: (id: StageId, draft: StageDraft | null) => void
}

/** They outlive the screen: one that is left and opened again lost nothing. */
export const useStageDrafts = create<StageDrafts>((set) => ({
  drafts: {},
  put: (id, draft) =>
    set(({ drafts }) => {
      const { [id]: _before, ...others } = drafts
      return { drafts: draft === null ? others : { ...others, [id]: draft } }
    }),
}))

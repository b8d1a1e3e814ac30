import { create } from 'zustand'
import type { MediaId } from '@contract/ids'

interface OpenMedia {
  opened: ReadonlySet<MediaId>
  set: (id: MediaId, open: boolean) => void
}

/** What was unfolded, under passages and in the library: a passage that leaves the window and comes back is as it was. */
export const useOpenMedia = create<OpenMedia>((set) => ({
  opened: new Set(),
  set: (id, open) =>
    set(({ opened }) => {
      const next = new Set(opened)
      if (open) next.add(id)
      else next.delete(id)
      return { opened: next }
    }),
}))

import { create } from 'zustand'
import type { InputValues } from '@contract/entities/template'
import type { GenerationId, StoryId, TemplateId } from '@contract/ids'
import type { JsonValue } from '@contract/values'

/** How a template is being used in this session. */
export interface TemplateUse {
  /** What was typed; what is not in it comes from the last use. */
  values: InputValues
  /** The generations on show: one, or two side by side; null for the last one there is. */
  shown: readonly GenerationId[] | null
}

interface TemplateUseStore {
  uses: Record<TemplateId, TemplateUse>
  /** The story that templates read; it stays while the writer goes from one template to another. */
  storyId: StoryId | null
  put(id: TemplateId, name: string, value: JsonValue): void
  /** Takes other values for all of the form. */
  fill(id: TemplateId, values: InputValues): void
  show(id: TemplateId, shown: readonly GenerationId[] | null): void
  choose(storyId: StoryId | null): void
}

const unused: TemplateUse = { values: {}, shown: null }

/** What stands in the forms of templates. It outlives their screen, so that a tab that is left loses nothing. */
export const useTemplateUseStore = create<TemplateUseStore>()((set) => {
  const change = (id: TemplateId, part: (use: TemplateUse) => Partial<TemplateUse>) =>
    set(({ uses }) => {
      const use = uses[id] ?? unused
      return { uses: { ...uses, [id]: { ...use, ...part(use) } } }
    })
  return {
    uses: {},
    storyId: null,
    put: (id, name, value) => change(id, ({ values }) => ({ values: { ...values, [name]: value } })),
    fill: (id, values) => change(id, () => ({ values })),
    show: (id, shown) => change(id, () => ({ shown })),
    choose: (storyId) => set({ storyId }),
  }
})

export const useTemplateUse = (id: TemplateId): TemplateUse => useTemplateUseStore(({ uses }) => uses[id] ?? unused)

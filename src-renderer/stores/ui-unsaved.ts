import { create } from 'zustand'

interface Unsaved {
  /** Fields on the page in which something stands that cannot be saved as it is. */
  fields: ReadonlySet<string>
  set: (field: string, unsaved: boolean) => void
}

/** What is typed and cannot be kept: as long as there is any, nothing may say that everything is saved. */
export const useUnsavedFields = create<Unsaved>((set) => ({
  fields: new Set(),
  set: (field, unsaved) =>
    set(({ fields }) => {
      if (fields.has(field) === unsaved) return {}
      const next = new Set(fields)
      if (unsaved) next.add(field)
      else next.delete(field)
      return { fields: next }
    }),
}))

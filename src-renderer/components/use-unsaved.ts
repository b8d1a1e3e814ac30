import { useEffect, useId } from 'react'
import { useUnsavedFields } from '@renderer/stores/ui-unsaved'

/** Says, while it is so, that a field on the page holds what cannot be saved. */
export function useUnsaved(unsaved: boolean): void {
  const field = useId()
  const set = useUnsavedFields((state) => state.set)
  useEffect(() => {
    set(field, unsaved)
    return () => set(field, false)
  }, [field, unsaved, set])
}

import stages from '@resources/stages.json'
import { useLocal } from '@renderer/components/use-local'

/** The name of a media stage in the app's language; its id for one that this version does not have. */
export function useStageName(): (stage: string) => string {
  const local = useLocal()
  return (stage) => {
    const found = stages.find(({ id }) => id === stage)
    return found ? local(found.name) : stage
  }
}

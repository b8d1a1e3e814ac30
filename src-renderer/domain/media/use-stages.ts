import type { StageView } from '@contract/entities/stage'
import type { StageId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { useLocal } from '@renderer/components/use-local'

/** What poems, voices, songs and clips are made by, and what each is called in the app's language. */
export function useStages(): {
  stages: readonly StageView[]
  find: (id: StageId) => StageView | undefined
  nameOf: (id: StageId) => string
} {
  const local = useLocal()
  const { data: stages = [] } = useRoute('stages.list', {})
  const find = (id: StageId) => stages.find((stage) => stage.id === id)
  return {
    stages,
    find,
    nameOf: (id) => {
      const stage = find(id)
      return stage ? local(stage.name) : ''
    },
  }
}

import { useMemo } from 'react'
import { reservedNames } from '@contract/template-language'
import { useRoute } from '@renderer/api/queries'

/** Names that say something in every template, so that no variable can have them. */
export function useTakenNames(): ReadonlySet<string> {
  const { data: ofStory } = useRoute('templates.storyVariables', {})
  return useMemo(() => reservedNames(ofStory ?? []), [ofStory])
}

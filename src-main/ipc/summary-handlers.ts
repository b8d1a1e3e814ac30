import type { Summaries } from '@main/features/summaries/summaries'
import type { HandlersOf } from './router'

export const summaryHandlers = (summaries: Summaries): HandlersOf<'summaries'> => ({
  'summaries.list': ({ storyId }) => summaries.list(storyId),
  'summaries.edit': ({ id, text }) => summaries.edit(id, text),
  'summaries.remake': ({ id }) => {
    summaries.remake(id)
    return {}
  },
  'summaries.delete': ({ id }) => {
    summaries.remove(id)
    return {}
  },
  'summaries.restore': ({ id }) => summaries.restore(id),
  'summaries.make': (input) => {
    summaries.make(input)
    return {}
  },
})

import type { Summaries } from '@main/features/summaries/summaries'
import type { SummaryPrompts } from '@main/features/summaries/summary-prompts'
import type { HandlersOf } from './router'

export const summaryHandlers = (
  summaries: Summaries,
  prompts: Pick<SummaryPrompts, 'plan'>
): HandlersOf<'summaries'> => ({
  'summaries.plan': ({ storyId, prompt }) => prompts.plan(storyId, prompt),
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

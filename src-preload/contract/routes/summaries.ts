import { z } from 'zod'
import { command, query } from '../route'
import { StorySummaries, Summary, SummaryText } from '../entities/summary'
import { StoryId, SummaryId } from '../ids'
import { Nothing } from '../values'

const bySummary = z.strictObject({ id: SummaryId })
const byStory = z.strictObject({ storyId: StoryId })

export const summaryRoutes = {
  'summaries.list': query(byStory, StorySummaries, ['summaries', 'messages', 'jobs'], {
    about: { summaries: 'storyId', messages: 'storyId' },
  }),
  /** The writer's words stay as they are, whatever becomes of the passages beneath. */
  'summaries.edit': command(z.strictObject({ id: SummaryId, text: SummaryText }), Summary),
  /** Writes one anew, the writer's own words too. */
  'summaries.remake': command(bySummary, Nothing),
  'summaries.delete': command(bySummary, Nothing),
  /** Writes those that are due now, and one of the passages that are left. */
  'summaries.make': command(byStory, Nothing),
}

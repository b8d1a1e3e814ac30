import { z } from 'zod'
import { command, query } from '../route'
import { StorySummaries, Summary, SummaryText } from '../entities/summary'
import { TemplateText } from '../entities/template-text'
import { PlannedStep } from '../entities/turn'
import { StoryId, SummaryId } from '../ids'
import { Nothing } from '../values'

const bySummary = z.strictObject({ id: SummaryId })
const byStory = z.strictObject({ storyId: StoryId })

export const summaryRoutes = {
  'summaries.list': query(byStory, StorySummaries, ['summaries', 'messages', 'jobs'], {
    about: { summaries: 'storyId', messages: 'storyId' },
  }),
  /**
   * What would be sent for the next summary, or for the first one where none is due; nothing is called. `prompt` is tried out
   * in the place of the one that the Summarizer has. Null for a story without passages.
   */
  'summaries.plan': query(
    byStory.extend({ prompt: TemplateText.optional() }),
    PlannedStep.nullable(),
    ['summaries', 'stories', 'messages', 'worlds', 'presets', 'modelConfigs', 'providers', 'models', 'servers'],
    { about: { summaries: 'storyId', stories: 'storyId', messages: 'storyId' } }
  ),
  /** The writer's words stay as they are, whatever becomes of the passages beneath. */
  'summaries.edit': command(z.strictObject({ id: SummaryId, text: SummaryText }), Summary),
  /** Writes one anew, the writer's own words too. */
  'summaries.remake': command(bySummary, Nothing),
  'summaries.delete': command(bySummary, Nothing),
  /** Brings back one that was deleted since the app was started. Refuses with `not_found` what cannot be brought back. */
  'summaries.restore': command(bySummary, Summary),
  /** Writes those that are due now, and of all passages that are left; with `anew`, all others too but the writer's own. */
  'summaries.make': command(byStory.extend({ anew: z.boolean().default(false) }), Nothing),
}

import { z } from 'zod'
import { command, query } from '../route'
import { Media, MediaPlan, MediaRequest, MediaSummary, MediaTitle } from '../entities/media'
import { MediaId, MessageId, ProviderId, StageId, StoryId, WorldEntryId } from '../ids'
import { Nothing } from '../values'

const byMedia = z.strictObject({ id: MediaId })

export const mediaRoutes = {
  /** What a request would take and cost. Throws what stands in the way: `stage_not_set`, `token_needs_key`, `setting_invalid`. */
  'media.plan': query(MediaRequest, MediaPlan, ['stages', 'providers', 'tokens', 'vault', 'stories', 'worlds']),
  /** Begins it in the background. */
  'media.make': command(MediaRequest, Media),
  /** The newest first, 50 at a time; `before` the last of the page before. `search` in titles and texts. */
  'media.list': query(
    z.strictObject({
      storyId: StoryId.optional(),
      messageId: MessageId.optional(),
      stage: StageId.optional(),
      search: z.string().max(200).optional(),
      before: MediaId.optional(),
      ids: z.array(MediaId).max(500).optional(),
    }),
    z.array(MediaSummary),
    ['media', 'stories'],
    { rows: { topics: ['media'], order: { newest: 'createdAt' } } }
  ),
  'media.get': query(byMedia, Media, ['media', 'stories'], { about: { media: 'id' } }),
  'media.rename': command(z.strictObject({ id: MediaId, title: MediaTitle }), MediaSummary),
  /** Also at the provider, where it can. */
  'media.stop': command(byMedia, MediaSummary),
  /** Goes on with what was stopped or failed: with the provider's own job where there is one, else from the beginning. */
  'media.retry': command(byMedia, MediaSummary),
  /** Puts it in the bin, where it stays for 30 days; one that is being made is stopped first. */
  'media.delete': command(byMedia, Nothing),
}

export const mediaVoiceRoutes = {
  /** The voices of a provider that characters have. */
  'media.voices': query(
    z.strictObject({ providerId: ProviderId }),
    z.array(z.strictObject({ entryId: WorldEntryId, voice: z.string() })),
    ['media', 'worlds']
  ),
  /** Gives a character a voice of a provider; null takes it away. */
  'media.setVoice': command(
    z.strictObject({ entryId: WorldEntryId, providerId: ProviderId, voice: z.string().min(1).max(300).nullable() }),
    Nothing
  ),
}

import { z } from 'zod'
import { MessageId, StoryId } from '../ids'

/** One passage in which a search found the words. */
export const SearchPlace = z.strictObject({
  messageId: MessageId,
  /** Its number among the passages that the story shows, from 1. */
  number: z.number().int().positive(),
  /** Text around the words; each of them stands between U+2068 and U+2069. */
  snippet: z.string(),
})
export type SearchPlace = z.infer<typeof SearchPlace>

/** A story in which a search found the words. */
export const SearchedStory = z.strictObject({
  storyId: StoryId,
  /** Words that were found in it stand between U+2068 and U+2069. */
  title: z.string(),
  archived: z.boolean(),
  /** How many passages it shows. */
  passages: z.number().int().nonnegative(),
  /** In how many of them the words stand. */
  places: z.number().int().nonnegative(),
  /** The first of them. */
  first: z.array(SearchPlace),
})
export type SearchedStory = z.infer<typeof SearchedStory>

export const StorySearch = z.strictObject({
  /** At most 100. */
  stories: z.array(SearchedStory),
  /** How many stories there are in all. */
  found: z.number().int().nonnegative(),
  /** In how many passages of them the words stand. */
  places: z.number().int().nonnegative(),
  /** Passages that the search has yet to take in, as after a long story was copied. */
  waiting: z.number().int().nonnegative(),
})
export type StorySearch = z.infer<typeof StorySearch>

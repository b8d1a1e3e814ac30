import { z } from 'zod'
import { command, query } from '../route'
import { MarkedPassage, MemoryMark, MemoryScope, MemoryState } from '../entities/memory'
import { MessageId, StoryId } from '../ids'
import { Nothing } from '../values'

const byStory = z.strictObject({ storyId: StoryId })

export const memoryRoutes = {
  /** How far a story is remembered. Asking begins what is left to do. */
  'memory.state': query(byStory, MemoryState, ['memory', 'presets', 'modelConfigs', 'stories', 'worlds'], {
    about: { memory: 'storyId', stories: 'storyId' },
  }),
  /** Throws away what the story is found by, and makes it anew; nothing of the writer's is lost. */
  'memory.rebuild': command(byStory, Nothing),
  /** What the writer pinned and banned, the newest first. */
  'memory.marks': query(byStory, z.array(MarkedPassage), ['memory', 'messages'], {
    about: { memory: 'storyId', messages: 'storyId' },
  }),
  /** Null takes the mark away. */
  'memory.mark': command(
    z.strictObject({ storyId: StoryId, messageId: MessageId, mark: MemoryMark.nullable() }),
    Nothing
  ),
  'memory.setScope': command(z.strictObject({ storyId: StoryId, scope: MemoryScope }), Nothing),
}

import type { Memory } from '@main/memory/memory'
import type { HandlersOf } from './router'

export const memoryHandlers = (memory: Memory): HandlersOf<'memory'> => ({
  'memory.state': ({ storyId }) => memory.state(storyId),
  'memory.rebuild': async ({ storyId }) => {
    await memory.rebuild(storyId)
    return {}
  },
  'memory.marks': ({ storyId }) => memory.marks(storyId),
  'memory.mark': ({ storyId, messageId, mark }) => {
    memory.mark(storyId, messageId, mark)
    return {}
  },
  'memory.setScope': ({ storyId, scope }) => {
    memory.setScope(storyId, scope)
    return {}
  },
})

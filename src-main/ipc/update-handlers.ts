import type { Updates } from '@main/features/updates/updates'
import type { HandlersOf } from './router'

export const updateHandlers = (updates: Updates): HandlersOf<'updates'> => ({
  'updates.get': () => updates.get(),
  'updates.check': () => updates.check(),
  'updates.download': () => updates.download(),
  'updates.install': () => updates.install(),
  'updates.later': () => updates.later(),
})

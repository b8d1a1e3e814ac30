import type { Bin } from '@main/features/bin/bin'
import type { HandlersOf } from './router'

export const binHandlers = (bin: Bin): HandlersOf<'bin'> => ({
  'bin.list': () => bin.list(),
  'bin.restore': ({ kind, id }) => bin.restore(kind, id),
  'bin.delete': ({ kind, id }) => {
    bin.remove(kind, id)
    return {}
  },
  'bin.empty': () => {
    bin.empty()
    return {}
  },
})

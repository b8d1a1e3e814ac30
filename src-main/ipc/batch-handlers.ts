import type { Batches } from '@main/features/templates/batches'
import type { HandlersOf } from './router'

export const batchHandlers = (batches: Batches): HandlersOf<'batches'> => ({
  'batches.read': (input) => batches.read(input),
  'batches.plan': (input) => batches.plan(input),
  'batches.start': (input) => batches.start(input),
  'batches.list': (filter) => batches.list(filter),
  'batches.get': ({ id }) => batches.get(id),
  'batches.rows': (input) => batches.rows(input),
  'batches.pause': ({ id }) => batches.pause(id),
  'batches.resume': (input) => batches.resume(input),
  'batches.retry': (input) => batches.retry(input),
  'batches.delete': ({ ids }) => {
    batches.remove(ids)
    return {}
  },
  'batches.restore': ({ ids }) => {
    batches.restore(ids)
    return {}
  },
  'batches.export': (input) => batches.export(input),
})

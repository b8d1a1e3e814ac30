import { ErrorShape, FabulaError, StorageError } from '@contract/errors'
import { jsonColumn } from './json-column'

/** Why something failed. One that this version does not know is still a failure, and says that much itself. */
export const errorColumn = jsonColumn(ErrorShape, {
  otherwise: new FabulaError(StorageError.ErrorUnreadable, 'The error that was kept cannot be read').toShape(),
})

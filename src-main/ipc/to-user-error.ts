import { CommonError, FabulaError, StorageError } from '@contract/errors'
import { databaseIn } from '@main/data/data-folder'
import { storageFailure } from '@main/data/storage-failure'
import type { Logger } from '@main/platform/logger'
import type { Redactor } from '@main/platform/redact'
import { redactValue } from '@main/platform/redact-value'

/**
 * Turns whatever was thrown into the error that the user is shown. What was not expected is a bug: it is logged whole,
 * and the user learns that it happened and nothing more. No secret passes, whoever wrote the message.
 */
export const createToUserError =
  (ports: {
    logger: Logger
    redactor: Redactor
    dataDir: string
    /** Why nothing can be saved in this session, or null. */
    storageProblem: FabulaError | null
  }) =>
  (error: unknown): FabulaError => {
    const { logger, redactor, dataDir, storageProblem } = ports
    const failure = error instanceof FabulaError ? error : storageFailure(error, dataDir)
    // Where nothing can be saved from the start, that is the reason, and not that the copy in use is read-only.
    const known = (failure?.code === StorageError.ReadOnly && storageProblem) || failure
    if (known) {
      // Whoever found the damage may have read a row and not know the file.
      const damaged = known.code === StorageError.DatabaseDamaged ? { path: databaseIn(dataDir) } : {}
      const details = redactValue(redactor, { ...damaged, ...known.details })
      return FabulaError.from(
        {
          code: known.code,
          message: redactor.redact(known.message),
          details: typeof details === 'object' && details !== null && !Array.isArray(details) ? details : {},
          retryable: known.retryable,
        },
        error
      )
    }
    logger.error('A request failed for a reason that was not foreseen', {
      error: error instanceof Error ? (error.stack ?? error.message) : redactValue(redactor, error),
    })
    return new FabulaError(CommonError.Internal, 'Unexpected internal error. The log has details', { cause: error })
  }

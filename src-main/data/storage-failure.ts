import { CommonError, FabulaError, StorageError } from '@contract/errors'

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : ''

/**
 * The error behind a failure of SQLite or the file system, or null when it is something else. Codes:
 * https://www.sqlite.org/rescode.html
 */
export function storageFailure(error: unknown, folder: string): FabulaError | null {
  const code = codeOf(error)
  const details = { folder }
  // What a request checked before it wrote was changed by another one, or it did not check.
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY')
    return new FabulaError(CommonError.ReferenceBroken, 'A reference would lead nowhere', { cause: error })
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC' || code === 'EDQUOT')
    return new FabulaError(StorageError.Full, 'The disk is full', { details, retryable: true, cause: error })
  if (
    /^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM)/.test(code) ||
    /^(EROFS|EACCES|EPERM|ENOTDIR|EEXIST|EISDIR|ENAMETOOLONG|ELOOP)$/.test(code)
  )
    return new FabulaError(StorageError.ReadOnly, 'The data folder cannot be written', { details, cause: error })
  if (/^(SQLITE_CORRUPT|SQLITE_NOTADB)/.test(code))
    return new FabulaError(StorageError.DatabaseDamaged, 'The database is damaged', {
      details: { ...details, path: folder },
      cause: error,
    })
  if (code.startsWith('SQLITE_IOERR') || code === 'EIO')
    return new FabulaError(StorageError.Failed, `The disk reported an error (${code})`, {
      details: { ...details, reason: code },
      retryable: true,
      cause: error,
    })
  return null
}

import { FabulaError, type ErrorCode, type ErrorShape } from '@contract/errors'

/**
 * An error as it comes to the window, with the facts that a test is about and no others: texts must be good also for
 * those that a code at hand does not know.
 */
export const sentError = (
  code: ErrorCode,
  message: string,
  options: Partial<Pick<ErrorShape, 'details' | 'retryable'>> = {}
): FabulaError => FabulaError.from({ code, message, details: {}, retryable: false, ...options })

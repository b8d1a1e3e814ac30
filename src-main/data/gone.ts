/**
 * The time of deletion of what can no longer be brought back, and only waits until it is removed: a story that is deleted
 * for good, and a passage of which only the place is left.
 */
export const GONE = '0000-01-01T00:00:00.000Z'

/** The time of deletion of a story that is being made, a little at a time. What a kill leaves of it is removed. */
export const UNFINISHED = '9999-12-31T23:59:59.999Z'

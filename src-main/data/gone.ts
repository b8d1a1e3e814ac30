/**
 * The time of deletion of what can no longer be brought back, and only waits until it is removed: a story that is deleted
 * for good, or that was never finished being made, and a passage of which only the place is left.
 */
export const GONE = '0000-01-01T00:00:00.000Z'

import { afterAll, beforeAll } from 'vitest'
import { ERROR_BODY, limits, type Limit } from '@main/providers/kit/limits'

/**
 * Makes what is taken from a provider so small for the tests of a file that they can fill it quickly; what is not named
 * stays as it is. `errorMs`: how long the body of an error may take.
 */
export function useSmallLimits({ errorMs, ...small }: Partial<Record<Limit, number>> & { errorMs: number }): void {
  const usual = { ...limits }
  const usualErrors = { ...ERROR_BODY }
  beforeAll(() => {
    Object.assign(limits, small)
    Object.assign(ERROR_BODY, { ms: errorMs })
  })
  afterAll(() => {
    Object.assign(limits, usual)
    Object.assign(ERROR_BODY, usualErrors)
  })
}

import { abortWith } from '@main/platform/abort-with'

/** Made once: an error with its trace takes longer than what it ends. */
const OVER = new Error('The request is over')

/** The caller's signal, which also fires at the end of a request: whatever is still open of it is closed then. */
export function untilEnd(signal: AbortSignal): { signal: AbortSignal; end: () => void } {
  const request = abortWith(signal)
  const end = () => {
    request.letGo()
    request.controller.abort(OVER)
  }
  return { signal: request.signal, end }
}

/** Aborts when another signal does, or when it is told to. */
export interface Following {
  controller: AbortController
  signal: AbortSignal
  /** Follows no longer: the other signal may outlive whatever this one is for. */
  letGo(): void
}

/** What `AbortSignal.any` is for, in a third of the time: several are made for each call. */
export function abortWith(other: AbortSignal): Following {
  const controller = new AbortController()
  const abort = () => controller.abort(other.reason)
  if (other.aborted) abort()
  else other.addEventListener('abort', abort, { once: true })
  return { controller, signal: controller.signal, letGo: () => other.removeEventListener('abort', abort) }
}

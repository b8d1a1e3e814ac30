/** Waits, and throws the signal's own reason as soon as it is aborted. */
export const wait = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', onAbort, { once: true })
  })

/** Hands out tokens one by one. `pace` is tokens a second; 0 means without waiting. */
export async function* paced(tokens: readonly string[], pace: number, signal: AbortSignal): AsyncGenerator<string> {
  for (const token of tokens) {
    signal.throwIfAborted()
    if (pace > 0) await wait(1000 / pace, signal)
    yield token
  }
  signal.throwIfAborted()
}

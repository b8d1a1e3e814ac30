/** Does something soon after it is asked for, but never twice within `ms`; what is asked for last is never lost. */
export function atMostEvery(ms: number, work: () => void): { soon: () => void; stop: () => void } {
  let timer: NodeJS.Timeout | null = null
  let asked = false
  const run = () => {
    asked = false
    work()
    timer = setTimeout(() => {
      timer = null
      if (asked) run()
    }, ms)
    timer.unref()
  }
  return {
    soon: () => {
      if (timer) asked = true
      else run()
    },
    stop: () => {
      if (timer) clearTimeout(timer)
      timer = null
    },
  }
}

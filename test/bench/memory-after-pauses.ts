import { percentile } from './percentile'

/** What a call may need, more or less. */
const MEMORY_BYTES = 768_000
const LINE_BYTES = 64

/** Nanoseconds for a line of memory that is read at random, right after the whole was read and after so many milliseconds of idling. */
export async function memoryAfterPauses(idleMs: number): Promise<{ atOnce: number; later: number }> {
  const step = LINE_BYTES / Int32Array.BYTES_PER_ELEMENT
  const lines = Array.from({ length: Math.floor(MEMORY_BYTES / LINE_BYTES) }, (_, line) => line)
  for (let left = lines.length - 1; left > 0; left -= 1) {
    const other = Math.floor(Math.random() * (left + 1))
    ;[lines[left], lines[other]] = [lines[other] ?? 0, lines[left] ?? 0]
  }
  const memory = new Int32Array(lines.length * step)
  lines.forEach((line, index) => (memory[line * step] = (lines[(index + 1) % lines.length] ?? 0) * step))
  const read = () => {
    const began = performance.now()
    let place = 0
    for (let count = 0; count < lines.length; count += 1) place = memory[place] ?? 0
    if (place !== 0) throw new Error('The way through the memory is no circle')
    return ((performance.now() - began) * 1_000_000) / lines.length
  }
  const median = async (pauseMs: number) => {
    const times: number[] = []
    for (let count = 0; count < 100; count += 1) {
      // Each is read after its own pause.
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
      times.push(read())
    }
    return percentile(times, 0.5)
  }
  await median(0)
  return { atOnce: await median(0), later: await median(idleMs) }
}

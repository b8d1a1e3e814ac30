import { setImmediate } from 'node:timers/promises'
import { inRange, type Mono } from './sound'

/** Zero crossings of the filter on each side: what is left of other pitches is below hearing. */
const CROSSINGS = 16
const STEPS = 512
/** Samples that are made without a rest: a few milliseconds. */
const AT_ONCE = 10_000

/** As many samples as a sound has at another rate. */
export const resampledLength = (samples: number, from: number, to: number): number => Math.round((samples * to) / from)

/**
 * The same sound with another number of samples a second: a windowed sinc (Smith, "Digital Audio Resampling", CCRMA), cut
 * off below half of the lower rate, so that nothing is heard that was not there.
 */
export async function resampled({ samples, sampleRate }: Mono, rate: number): Promise<Mono> {
  if (rate === sampleRate) return { samples, sampleRate }
  const cutoff = Math.min(1, rate / sampleRate) * 0.97
  const reach = CROSSINGS / cutoff
  const made = new Float64Array(resampledLength(samples.length, sampleRate, rate))
  for (let at = 0; at < made.length; at += 1) {
    const place = (at * sampleRate) / rate
    let sum = 0
    for (let index = Math.ceil(place - reach); index <= place + reach; index += 1) {
      const sample = samples[index]
      if (sample) sum += sample * weightAt(Math.abs(index - place) * cutoff)
    }
    made[at] = sum * cutoff
    // A minute of sound takes a second: everything else goes on meanwhile.
    if (at % AT_ONCE === AT_ONCE - 1) await setImmediate()
  }
  return { samples: inRange(made), sampleRate: rate }
}

/** Half of the filter, at equal steps from its middle. */
const filter = Float64Array.from({ length: CROSSINGS * STEPS + 2 }, (_, step) => {
  const at = step / STEPS
  if (at >= CROSSINGS) return 0
  const angle = Math.PI * at
  const sinc = at === 0 ? 1 : Math.sin(angle) / angle
  const window = 0.42 + 0.5 * Math.cos(angle / CROSSINGS) + 0.08 * Math.cos((2 * angle) / CROSSINGS)
  return sinc * window
})

function weightAt(distance: number): number {
  const step = distance * STEPS
  const whole = Math.floor(step)
  const [one = 0, next = 0] = [filter[whole], filter[whole + 1]]
  return one + (next - one) * (step - whole)
}

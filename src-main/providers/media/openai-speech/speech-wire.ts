import { z } from 'zod'
import { soundFormats } from '@main/providers/spec/media'

/** How a provider speaks that has OpenAI's `/audio/speech`. */
export const SpeechWire = z.looseObject({
  path: z.string().default('/audio/speech'),
  /** Asked for; `pcm` are bare samples. */
  format: z.enum(['pcm', 'wav']).default('pcm'),
  /** What it can be asked for, for whoever takes the file as it is. */
  formats: z.array(z.enum(soundFormats)).default([...soundFormats]),
  /** Of bare samples: hertz. */
  sampleRate: z.number().int().min(4_000).default(24_000),
  channels: z.number().int().min(1).max(8).default(1),
})
export type SpeechWire = z.infer<typeof SpeechWire>

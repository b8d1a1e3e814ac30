import { z } from 'zod'

/** How Yandex SpeechKit is asked. */
export const SpeechKitWire = z.looseObject({
  v3: z
    .strictObject({
      path: z.string().default('/tts/v3/utteranceSynthesis'),
      /** Characters of one utterance; a longer text is split there, if it is told to. */
      utterance: z.number().int().positive().default(250),
    })
    .prefault({}),
  v1: z
    .strictObject({
      path: z.string().default('/speech/v1/tts:synthesize'),
      /** Characters that it takes at once. */
      longest: z.number().int().positive().default(5_000),
      /** Hertz. */
      sampleRate: z.number().int().positive().default(48_000),
      /** Which language a voice speaks, which v1 must be told: the first regular expression that matches the voice. */
      languages: z.array(z.strictObject({ voice: z.string(), language: z.string() })).default([]),
    })
    .prefault({}),
  /** Of bare samples in an answer of v3: hertz. */
  sampleRate: z.number().int().positive().default(22_050),
})
export type SpeechKitWire = z.infer<typeof SpeechKitWire>

import { z } from 'zod'
import { optional } from '@main/gateway/caller-parameters'
import { soundFormats } from '@main/providers/spec/media'

/** As many characters as OpenAI takes. */
const LONGEST_INPUT = 4096

const voice = z.string().trim().min(1).max(300)

/** The body of `POST /v1/audio/speech`. */
export const SpeechBody = z.looseObject({
  model: z.string().min(1).max(1000).describe('A model that speaks, as `openai/tts-1`; or `stage/voice`.'),
  input: z.string().trim().min(1).max(LONGEST_INPUT),
  voice: optional(z.union([voice, z.looseObject({ id: voice })])),
  response_format: optional(z.enum(soundFormats)).describe(
    '`mp3` where the provider makes it and nothing is said, else `wav`.'
  ),
  speed: optional(z.number().min(0.25).max(4)),
  instructions: optional(z.string().max(4096)),
  stream_format: optional(z.literal('audio')),
})
export type SpeechBody = z.output<typeof SpeechBody>

import type { MediaModel } from '@contract/entities/stage'
import type { JsonObject } from '@contract/values'
import type { MediaDefinition } from './definition'
import type { Connection } from './protocol'

/** Sound as numbers. */
export interface Pcm {
  /** Hertz. */
  sampleRate: number
  channels: number
  /** 16 bits, little-endian, the channels in turn. */
  samples: Int16Array
}

export interface SpeechRequest {
  model: string
  voice: string | null
  /** Not longer than the model takes at once. */
  text: string
  /** Checked by the provider's schema, and already where the wire format wants them. */
  parameters: JsonObject
  signal: AbortSignal
}

export interface SpeechAnswer {
  pcm: Pcm
  /** US dollars, where the provider says. */
  cost: number | null
}

/** What a voice may be sent as, by the names of OpenAI's API. */
export const soundFormats = ['mp3', 'opus', 'aac', 'flac', 'wav', 'pcm'] as const
export type SoundFormat = (typeof soundFormats)[number]

/** A voice as the provider sends it, not yet read. */
export interface SpokenStream {
  response: Response
  /** US dollars, where the provider says. */
  cost: number | null
}

/** What is made in a job: music, a film. */
export interface MediaJobRequest {
  model: string
  /** The words of a song, or the scene. */
  text: string
  title: string
  parameters: JsonObject
  signal: AbortSignal
}

/** What is needed to ask for a job again, also after a restart. Never a secret. */
export type MediaTicket = JsonObject

export interface MediaResult {
  /** Where it can be fetched; the key goes along only to the provider's own host. */
  url: string
  /** What the provider says it is, as `audio/mpeg`; null where it does not. */
  type: string | null
  title: string | null
}

export type MediaJobState =
  | { state: 'queued' | 'making'; /** From 0 to 1. */ done: number | null }
  | { state: 'done'; results: readonly MediaResult[]; /** US dollars. */ cost: number | null }

/** How a provider that takes its time is asked. A job that failed, was refused or is lost is thrown as a ProviderFailure. */
export interface MediaJobs {
  /** How often it is asked how far a job is: after so long at first, then less and less often; and how long in all. Milliseconds. */
  readonly pace: { firstMs: number; mostMs: number; giveUpMs: number }
  /** Asks once and never again by itself: what was asked for may be paid. */
  submit(connection: Connection, request: MediaJobRequest): Promise<MediaTicket>
  look(connection: Connection, ticket: MediaTicket, signal: AbortSignal): Promise<MediaJobState>
  /** Absent where the provider cannot. */
  cancel?(connection: Connection, ticket: MediaTicket, signal: AbortSignal): Promise<void>
  /** The answer with the file as its body, not yet read. Throws `media_expired` where it is there no more. */
  fetch(connection: Connection, result: MediaResult, signal: AbortSignal): Promise<Response>
}

/** Music that is made while one waits for the answer. */
export interface MediaAnswer {
  /** The file, not yet read. */
  content: AsyncIterable<Uint8Array>
  /** US dollars, where the provider says. */
  cost: number | null
}

/**
 * The adapter for one way to ask for voices, music or films (`providers/media/registry.ts`). As with a `Protocol`, it holds no
 * state and no key, and throws nothing but ProviderFailures and the signal's own reason.
 */
export interface MediaAdapter {
  readonly id: string
  /** What the connection's key can use, page by page. Whether the provider takes the key is `Protocol.checkKey`'s to say. */
  listModels(connection: Connection, definition: MediaDefinition, signal: AbortSignal): AsyncIterable<MediaModel[]>
  speak?(connection: Connection, definition: MediaDefinition, request: SpeechRequest): Promise<SpeechAnswer>
  /** Says what a voice can be sent as, as it comes. Absent where nothing but samples can be had. */
  formats?(definition: MediaDefinition): readonly SoundFormat[]
  /** The same in one of these formats, for whoever hands it on. */
  speakAs?(
    connection: Connection,
    definition: MediaDefinition,
    request: SpeechRequest & { format: SoundFormat }
  ): Promise<SpokenStream>
  jobs?(definition: MediaDefinition): MediaJobs
  /** Asks once and waits: for programs that know no jobs. */
  make?(connection: Connection, definition: MediaDefinition, request: MediaJobRequest): Promise<MediaAnswer>
}

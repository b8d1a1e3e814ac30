import { ProviderError } from '@contract/errors'
import type { Source } from '@main/providers/kit/failures'
import type { MediaDefinition } from '@main/providers/spec/definition'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { Pcm, SpeechAnswer, SpeechRequest } from '@main/providers/spec/media'
import type { Connection } from '@main/providers/spec/protocol'
import { speechKitParameters } from './parameters'
import { speakV1 } from './speak-v1'
import { speakV3 } from './speak-v3'
import { SpeechKitWire } from './speechkit-wire'

/**
 * Speaks by v3. Where the server does not have that, or this key may not use it, by v1, which is older: nothing was made and
 * paid by then. The settings can ask for one of them alone.
 */
export async function speak(
  provider: Connection,
  definition: Pick<MediaDefinition, 'wire'>,
  request: SpeechRequest
): Promise<SpeechAnswer> {
  const wire = SpeechKitWire.parse(definition.wire)
  const connection: Source = { ...provider, model: request.model }
  const given = speechKitParameters(request.parameters)
  // The one model that is chosen is the voice itself; its role is one that the voice of a character may not have.
  const asked = { ...request, voice: request.voice ?? request.model }
  const parameters = asked.voice === request.model ? given : { ...given, role: null }
  const v1 = () => speakV1(connection, wire, asked, parameters)
  const v3 = () => speakV3(connection, wire, asked, parameters)
  if (parameters.way === 'v1') return { pcm: await v1(), cost: null }
  if (parameters.way === 'v3') return { pcm: await v3(), cost: null }
  return { pcm: await eitherWay(v3, v1, request.text.length <= wire.v1.longest), cost: null }
}

async function eitherWay(v3: () => Promise<Pcm>, v1: () => Promise<Pcm>, fits: boolean): Promise<Pcm> {
  try {
    return await v3()
  } catch (failure) {
    if (!fits || !isWithoutV3(failure)) throw failure
    try {
      return await v1()
    } catch (error) {
      // That v1 does not know the voice or the key either says less than why v3 could not be used.
      if (error instanceof ProviderFailure && !error.retryable && error.code !== ProviderError.PaymentRequired)
        throw failure
      throw error
    }
  }
}

/** Statuses of a server that has no v3, or does not let this key use it. */
const withoutV3: ReadonlySet<number | null> = new Set([403, 404, 405, 501])

const isWithoutV3 = (failure: unknown): boolean => failure instanceof ProviderFailure && withoutV3.has(failure.status)

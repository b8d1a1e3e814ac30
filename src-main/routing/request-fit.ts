import type { ModelFacts } from '@contract/entities/model'
import { CommonError, FabulaError, ModelError, ProviderError } from '@contract/errors'
import { imagesOf, inlineImage } from '@main/providers/kit/images'
import type { ProviderDefinition } from '@main/providers/spec/definition'
import type { Prompt } from '@main/settings/context-window'

/** What is known of the model, as far as it says what it takes. */
interface Asked {
  provider: { name: string; definition: Pick<ProviderDefinition, 'imageAddresses'> }
  model: string
  facts: Pick<ModelFacts, 'name' | 'modalities' | 'supportedParameters' | 'capabilities'> | null
}

/**
 * Throws what a model cannot take of a request, before it is asked: `model_without_images`, `model_without_tools`,
 * `provider_without_image_addresses`; and `bad_input` for an image that is none. A model of which nobody knows is asked.
 */
export function throwIfUnfit(plan: Asked, { messages, tools = [] }: Prompt): void {
  const { provider, facts, model } = plan
  const details = { model: facts?.name ?? model, provider: provider.name }
  for (const [index, message] of messages.entries())
    for (const url of imagesOf(message)) {
      if (facts?.modalities && !facts.modalities.input.includes('image'))
        throw new FabulaError(ModelError.NoImages, `${details.model} takes no images`, { details })
      if (inlineImage(url)) continue
      if (!/^https:\/\//i.test(url)) throw notAnImage(index)
      if (!provider.definition.imageAddresses)
        throw new FabulaError(ProviderError.NoImageAddresses, `${provider.name} takes no addresses of images`, {
          details: { provider: provider.name },
        })
    }
  if (tools.length > 0 && hasNoTools(plan))
    throw new FabulaError(ModelError.NoTools, `${details.model} calls no tools`, { details })
}

/** Where a list tells what goes into a model, and what it takes, it tells of tools too. */
const hasNoTools = ({ facts }: Asked): boolean =>
  facts !== null &&
  facts.modalities !== undefined &&
  facts.supportedParameters !== null &&
  !facts.capabilities.includes('tools')

const notAnImage = (index: number) =>
  new FabulaError(CommonError.BadInput, 'An image is neither an image in base64 nor an https address', {
    details: { path: `messages.${index}`, reason: 'neither an image in base64 nor an https address' },
  })

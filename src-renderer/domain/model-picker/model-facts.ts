import type { TFunction } from 'i18next'
import type { ModelFacts } from '@contract/entities/model'
import type { Formatters } from '@renderer/components/format'

/** What a writer weighs when choosing: context and price, or size and quantization of a local model. */
export function modelFacts(
  model: Pick<ModelFacts, 'contextLength' | 'price' | 'size' | 'quantization'>,
  format: Formatters,
  t: TFunction<'models'>
): string {
  const { contextLength, price, size, quantization } = model
  const facts = [
    size === null ? null : format.bytes(size),
    quantization,
    contextLength === null ? null : format.tokens(contextLength),
    price === null ? null : price.input === 0 && price.output === 0 ? t('picker.free') : format.price(price),
  ]
  return facts.filter((fact) => fact !== null && fact !== '').join(' · ')
}

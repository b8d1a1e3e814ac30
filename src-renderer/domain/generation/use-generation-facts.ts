import { useTranslation } from 'react-i18next'
import type { Generation } from '@contract/entities/generation'
import { useFormat } from '@renderer/components/format'

/** Who answered, and what it took: `Claude Sonnet 4.5 · 1,204 tokens · $0.009 · 6.2 s · version 4`. */
export function useGenerationFacts(): (
  generation: Pick<
    Generation,
    'model' | 'inputTokens' | 'outputTokens' | 'cost' | 'totalMs' | 'version' | 'edited' | 'state'
  > & { seed?: number | null }
) => string {
  const { t } = useTranslation('generations')
  const format = useFormat()
  return ({ model, inputTokens, outputTokens, cost, totalMs, version, edited, state, seed }) => {
    const tokens = inputTokens === null && outputTokens === null ? null : (inputTokens ?? 0) + (outputTokens ?? 0)
    return [
      model,
      tokens !== null && t('card.tokens', { count: tokens, number: format.number(tokens) }),
      cost !== null && cost > 0 && format.cost(cost),
      state !== 'running' && totalMs > 0 && format.duration(totalMs),
      version > 0 && t('card.version', { number: version }),
      seed !== undefined && seed !== null && t('card.seed', { seed }),
      edited && t('card.edited'),
    ]
      .filter((fact) => typeof fact === 'string' && fact !== '')
      .join(' · ')
  }
}

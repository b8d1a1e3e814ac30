import { useTranslation } from 'react-i18next'
import type { MediaSummary } from '@contract/entities/media'
import { useFormat } from '@renderer/components/format'
import { clock } from '@renderer/components/player/clock'
import { useProviderName } from '@renderer/domain/use-providers'
import { useStages } from './use-stages'

/** A line on what was made: its kind, length, who made it and for how much. */
export function useMediaFacts(): (media: MediaSummary) => string {
  const { t } = useTranslation('media')
  const format = useFormat()
  const providerName = useProviderName()
  const { nameOf } = useStages()
  return ({ stage, file, provider, model, cost, createdAt }) =>
    [
      nameOf(stage),
      file?.durationMs ? clock(file.durationMs) : '',
      [providerName(provider), model].filter(Boolean).join(' '),
      cost === null ? '' : cost === 0 ? t('free') : format.cost(cost),
      format.ago(createdAt),
    ]
      .filter(Boolean)
      .join(' · ')
}

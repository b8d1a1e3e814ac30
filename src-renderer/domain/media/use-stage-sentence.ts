import { useTranslation } from 'react-i18next'
import type { StageView, Voice } from '@contract/entities/stage'
import { stringOf } from '@contract/json'
import { useRoute } from '@renderer/api/queries'
import { useProviders } from '@renderer/domain/use-providers'

/** Whether the models of a stage are voices: its provider has no others. */
export const modelsAreVoices = ({ kind, models }: Pick<StageView, 'kind' | 'models'>): boolean =>
  kind === 'speech' && models.length > 0 && models.every(({ voices }) => voices === null)

/** What the chosen model of a stage can speak with; empty where there is nothing to choose. */
export function voicesOf(stage: StageView): readonly Voice[] {
  if (stage.kind !== 'speech') return []
  if (modelsAreVoices(stage)) return stage.models.map(({ model, name }) => ({ id: model, name, languages: [] }))
  return stage.models.find(({ model }) => model === stage.choice?.model)?.voices ?? []
}

/**
 * Who makes it, in half a sentence: `Yandex SpeechKit with key “home”, voice alena`; null where nothing was chosen, and empty
 * as long as the names are being read.
 */
export function useStageSentence(): (stage: StageView) => string | null {
  const { t } = useTranslation('media')
  const providers = useProviders().data
  const tokens = useRoute('tokens.list', {}).data
  return (stage) => {
    const { choice, models } = stage
    if (!choice) return null
    if (!providers || !tokens) return ''
    const provider = providers.find(({ id }) => id === choice.providerId)?.name ?? t('sentence.goneProvider')
    const key = tokens.find(({ id }) => id === choice.tokenId)?.name
    const by =
      choice.tokenId === null ? provider : t('sentence.withKey', { provider, key: key ?? t('sentence.goneKey') })
    const name = models.find(({ model }) => model === choice.model)?.name ?? choice.model
    const voice = stringOf(choice.settings['voice'])
    const parts = [by]
    if (name === null) parts.push(t('sentence.noModel'))
    else parts.push(modelsAreVoices(stage) ? t('sentence.voice', { voice: name }) : name)
    if (voice !== undefined)
      parts.push(t('sentence.voice', { voice: voicesOf(stage).find(({ id }) => id === voice)?.name ?? voice }))
    return parts.join(', ')
  }
}

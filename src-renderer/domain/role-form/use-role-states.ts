import { useTranslation } from 'react-i18next'
import type { Role } from '@contract/entities/preset'
import type { ModelSettings } from '@contract/entities/model-config'
import type { Provider } from '@contract/entities/provider'
import type { Token } from '@contract/entities/token'
import { useRoute } from '@renderer/api/queries'
import { useModels } from '@renderer/domain/model-picker/use-models'
import { useLanguage } from '@renderer/components/use-local'
import { keyTrouble } from './key-trouble'
import { choiceOf } from './model-settings'

/** How a role stands, in a few words: what it works with, or why it cannot. */
export interface RoleState {
  tone: 'ok' | 'warning' | 'off'
  words: string
}

interface Stands {
  enabled: boolean
  /** All that is in effect for it. */
  settings: ModelSettings
  /** It has no model of its own and works with the Writer's. */
  usesMain: boolean
  /** The Writer does the work of roles that do not take part. */
  useMainForUnset: boolean
}

/** Says of each role what it works with, or what keeps it from working. */
export function useRoleStates(): (role: Role, stands: Stands) => RoleState {
  const { t } = useTranslation(['presets', 'models'])
  const language = useLanguage()
  const models = useModels()
  const tokens = useRoute('tokens.list', {}).data

  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'short' })
  const troubleWithKeys = (provider: Provider | undefined, settings: ModelSettings): string | null => {
    const trouble = provider && tokens && keyTrouble(provider, settings.tokenIds, tokens)
    if (!trouble) return null
    if (trouble.token === null) return t(`state.${trouble.problem}`)
    return t(`state.${trouble.problem}`, { name: trouble.token.name, time: restsUntil(trouble.token, clock) })
  }

  return (role, { enabled, settings, usesMain, useMainForUnset }) => {
    if (!enabled) {
      if (role.kind === 'embedding') return { tone: 'off', words: t('state.noSearch') }
      return { tone: 'off', words: t(useMainForUnset ? 'state.writerWorks' : 'state.skipped') }
    }
    const choice = choiceOf(settings)
    if (!choice) return { tone: 'warning', words: t('state.noModel') }
    const provider = models.providers.find(({ id }) => id === choice.providerId)
    const entry = models.find(choice)
    const problem = entry?.trouble ? t(`models:picker.${entry.trouble}`) : troubleWithKeys(provider, settings)
    const model = usesMain ? t('state.writersModel') : (entry?.model.name ?? choice.model)
    if (problem !== null) return { tone: 'warning', words: entry?.trouble ? `${model} · ${problem}` : problem }
    const place = entry?.server?.name ?? provider?.name
    return { tone: 'ok', words: usesMain || !place ? model : `${model} · ${place}` }
  }
}

const restsUntil = ({ coolingUntil }: Token, clock: Intl.DateTimeFormat) =>
  coolingUntil === null ? '' : clock.format(new Date(coolingUntil))

import { useTranslation } from 'react-i18next'
import type { ModelKind } from '@contract/entities/model'
import { TokenStrategy } from '@contract/entities/model-config'
import type { JsonValue } from '@contract/values'
import { useRoute } from '@renderer/api/queries'
import { readFields } from '@renderer/components/settings-form/fields'
import { numberOf, stringsOf, textOf } from '@renderer/components/settings-form/json'
import { showNumber } from '@renderer/components/settings-form/number-text'
import { showValue } from '@renderer/components/settings-form/show-value'
import { useLanguage, useLocal } from '@renderer/components/use-local'
import { samplerSchemaOf } from './model-settings'

export interface FieldWords {
  /** "Temperature" */
  name: string
  /** A value that is set, as a person reads it: "0.80". */
  show: (value: JsonValue) => string
}

export interface FieldOwner {
  kind: ModelKind
  /** The provider in effect, whose schemas name the settings. */
  providerId: JsonValue | undefined
}

/** Names a field of a role by its path, and puts its values in words. */
export function useFieldWords(): (path: string, owner: FieldOwner) => FieldWords {
  const { t } = useTranslation('presets')
  const local = useLocal()
  const language = useLanguage()
  const providers = useRoute('providers.list', {}).data ?? []
  const servers = useRoute('servers.list', {}).data ?? []
  const tokens = useRoute('tokens.list', {}).data ?? []
  const configs = useRoute('modelConfigs.list', {}).data ?? []
  const named = (all: readonly { id: string; name: string }[]) => (value: JsonValue) =>
    all.find(({ id }) => id === value)?.name ?? textOf(value)

  const ofSchema = (group: string, key: string, { kind, providerId }: FieldOwner): FieldWords => {
    const provider = providers.find(({ id }) => id === providerId)
    const schema = provider && (group === 'samplers' ? samplerSchemaOf(provider, kind) : provider.settingsSchema)
    const field = schema && readFields(schema, {}).find(({ name }) => name === key)
    if (!field) return { name: key, show: textOf }
    return { name: local(field.label), show: (value) => showValue(field, value, language, t) }
  }

  return (path, owner) => {
    const dot = path.indexOf('.')
    const [group, key] = dot < 0 ? [path, ''] : [path.slice(0, dot), path.slice(dot + 1)]
    switch (group) {
      case 'model':
        return { name: t('model.name'), show: textOf }
      case 'providerId':
        return { name: t('model.name'), show: named(providers) }
      case 'serverId':
        return { name: t('model.name'), show: named(servers) }
      case 'modelConfigId':
        return { name: t('config.name'), show: named(configs) }
      case 'tokenIds':
        return { name: t('keys.name'), show: (value) => stringsOf(value).map(named(tokens)).join(', ') || '–' }
      case 'tokenStrategy':
        return {
          name: t('keys.strategyLabel'),
          show: (value) => {
            const { data } = TokenStrategy.safeParse(value)
            return data ? t(`keys.strategy.${data}`) : textOf(value)
          },
        }
      case 'retries':
        return { name: t('advanced.retries'), show: textOf }
      case 'timeouts': {
        const seconds = (value: JsonValue) =>
          `${showNumber((numberOf(value) ?? 0) / 1000, 0, language)} ${t('advanced.seconds')}`
        if (key !== 'connectMs' && key !== 'firstTokenMs' && key !== 'totalMs') return { name: key, show: textOf }
        return { name: t(`advanced.${key}`), show: seconds }
      }
      case 'samplers':
      case 'settings':
        return ofSchema(group, key, owner)
      default:
        return { name: key, show: textOf }
    }
  }
}

import { useTranslation } from 'react-i18next'
import { Cadence, RoleWork, TokenStrategy } from '@contract/entities/model-config'
import { RolePrompt } from '@contract/entities/preset'
import type { ModelKind } from '@contract/entities/model'
import type { Provider } from '@contract/entities/provider'
import type { JsonObject, JsonValue } from '@contract/values'
import { useRoute } from '@renderer/api/queries'
import { useProviders } from '@renderer/domain/use-providers'
import { beginningOf } from '@renderer/domain/role-prompt/prompt-words'
import { readFields, type Field } from '@renderer/domain/settings-form/fields'
import { numberOf, stringsOf, textOf } from '@contract/json'
import { showValue } from '@renderer/domain/settings-form/show-value'
import { useLanguage, useLocal } from '@renderer/components/use-local'
import { samplerSchemaOf } from './model-settings'

export interface FieldWords {
  name: string
  /** A value in words; null is not set. */
  show: (value: JsonValue) => string
}

/** The setting of that name, as its schema describes it, or by its bare name. */
function fieldIn(schema: JsonObject, name: string): Field | undefined {
  const known = readFields(schema, {}).find((field) => field.name === name)
  return known ?? readFields({ type: 'object', properties: { [name]: {} } }, {})[0]
}

const noSettings: JsonObject = { type: 'object', properties: {} }
const works = RoleWork.keyof().options
const times = ['connectMs', 'firstTokenMs', 'totalMs'] as const

/** Names the field paths of a role and of a preset, and says their values as a person would. */
export function useFieldWords(): (path: string, kind: ModelKind, provider: Provider | undefined) => FieldWords {
  const { t } = useTranslation('presets')
  const prompts = useTranslation('prompts').t
  const language = useLanguage()
  const local = useLocal()
  const configs = useRoute('modelConfigs.list', {}).data
  const providers = useProviders().data
  const servers = useRoute('servers.list', {}).data
  const tokens = useRoute('tokens.list', {}).data

  const list = (items: readonly string[]) => (items.length === 0 ? t('field.none') : items.join(', '))
  const nameIn = (all: readonly { id: string; name: string }[] | undefined, id: JsonValue) =>
    all?.find((each) => each.id === id)?.name ?? t('field.gone')
  const namesIn = (all: readonly { id: string; name: string }[] | undefined, ids: JsonValue) =>
    list(stringsOf(ids).map((id) => nameIn(all, id)))
  const words = (name: string, show: (value: JsonValue) => string): FieldWords => ({
    name,
    show: (value) => (value === null ? t('form.notSet') : show(value)),
  })
  const bySchema = (schema: JsonObject, name: string): FieldWords => {
    const field = fieldIn(schema, name)
    return field
      ? words(local(field.label), (value) => showValue(field, value, language, t))
      : words(name, (value) => textOf(value))
  }
  const onOff = (value: JsonValue) => t(value === true ? 'form.on' : 'form.off')

  const single = (path: string): FieldWords | null => {
    switch (path) {
      case 'enabled':
        return words(t('field.enabled'), onOff)
      case 'modelConfigId':
        return words(t('config.name'), (id) => nameIn(configs, id))
      case 'providerId':
        return words(t('field.provider'), (id) => nameIn(providers, id))
      case 'model':
        return words(t('model.name'), textOf)
      case 'serverId':
        return words(t('field.server'), (id) => nameIn(servers, id))
      case 'tokenIds':
        return words(t('keys.name'), (ids) => namesIn(tokens, ids) || t('keys.notChosen'))
      case 'tokenStrategy':
        return words(t('keys.strategyLabel'), (value) => {
          const { data } = TokenStrategy.safeParse(value)
          return data ? t(`keys.strategy.${data}`) : textOf(value)
        })
      case 'retries':
        return words(t('advanced.retries'), textOf)
      case 'prompt':
        return {
          name: prompts('title'),
          show: (value) => {
            const { data } = RolePrompt.safeParse(value)
            return data ? prompts('says', { text: beginningOf(data.text) }) : prompts('origin.builtIn')
          },
        }
      case 'description':
        return words(t('description'), (text) => (text === '' ? t('field.none') : textOf(text)))
      case 'fallback.useMainForUnset':
        return words(t('fallback.question'), (value) => t(value === true ? 'fallback.main' : 'fallback.skip'))
      case 'fallback.allowPaid':
        return words(t('fallback.allowPaid'), onOff)
      case 'fallback.localWhenLocked':
        return words(t('fallback.localWhenLocked'), onOff)
      case 'fallback.chains.errors':
      case 'fallback.chains.contextOverflow':
      case 'fallback.chains.refusals':
        return words(t(`fallback.chain.${chainOf(path)}`), (ids) => namesIn(configs, ids))
      default:
        return null
    }
  }

  return (path, kind, provider) => {
    const known = single(path)
    if (known) return known
    const dot = path.indexOf('.')
    const [group, name] = [path.slice(0, dot), path.slice(dot + 1)]
    if (group === 'samplers') return bySchema(provider ? samplerSchemaOf(provider, kind) : noSettings, name)
    if (group === 'settings') return bySchema(provider?.settingsSchema ?? noSettings, name)
    if (group === 'custom') return words(t('field.custom', { name }), textOf)
    const work = works.find((each) => each === name)
    if (group === 'work' && work) {
      const cadence = (value: JsonValue) => {
        const { data } = Cadence.safeParse(value)
        return data ? t(`work.${data}`) : textOf(value)
      }
      return words(t(`work.${work}`), work === 'cadence' ? cadence : textOf)
    }
    const time = times.find((each) => each === name)
    if (group === 'timeouts' && time) {
      return words(t(`advanced.${time}`), (ms) => t('field.seconds', { count: (numberOf(ms) ?? 0) / 1000 }))
    }
    return words(path, textOf)
  }
}

const chainOf = (path: `fallback.chains.${'errors' | 'contextOverflow' | 'refusals'}`) => {
  if (path === 'fallback.chains.errors') return 'errors'
  return path === 'fallback.chains.refusals' ? 'refusals' : 'contextOverflow'
}

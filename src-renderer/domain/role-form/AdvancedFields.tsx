import { useTranslation } from 'react-i18next'
import type { ModelSettings } from '@contract/entities/model-config'
import type { JsonObject, JsonValue } from '@contract/values'
import { numberOf } from '@contract/json'
import type { MarkOf } from '@renderer/domain/settings-form/origin'
import { SettingsForm } from '@renderer/domain/settings-form/SettingsForm'
import type { Base } from './base'

interface Props {
  own: ModelSettings
  base: Base | null
  /** The layer that is edited: "Preset". */
  here: string
  /** By the place in the settings: `['timeouts', 'totalMs']`, `['retries']`. */
  mark?: MarkOf | undefined
  onChange: (part: Partial<ModelSettings>) => void
}

const times = ['connectMs', 'firstTokenMs', 'totalMs'] as const

/** Times in seconds, as people think of them, and retries. */
const toForm = ({ timeouts, retries }: ModelSettings): JsonObject => ({
  ...Object.fromEntries(Object.entries(timeouts ?? {}).map(([name, ms]) => [name, ms / 1000])),
  ...(retries === undefined ? {} : { retries }),
})

function fromForm(value: JsonObject): Partial<ModelSettings> {
  const ms = (from: JsonValue | undefined) => {
    const seconds = numberOf(from)
    return seconds === undefined ? undefined : Math.round(seconds * 1000)
  }
  const set = times.map((name) => [name, ms(value[name])] as const).filter(([, time]) => time !== undefined)
  return { timeouts: set.length === 0 ? undefined : Object.fromEntries(set), retries: numberOf(value['retries']) }
}

/** How long to wait and how often to try again. */
export function AdvancedFields({ own, base, here, mark, onChange }: Props) {
  const { t } = useTranslation('presets')
  const time = (name: (typeof times)[number]): JsonObject => ({
    type: 'number',
    minimum: 1,
    maximum: 3600,
    'x-step': 1,
    'x-slider': [0, 0],
    'x-unit': t('advanced.seconds'),
    'x-name': t(`advanced.${name}`),
    'x-help': t(`advanced.${name}Help`),
  })
  const schema: JsonObject = {
    type: 'object',
    properties: {
      ...Object.fromEntries(times.map((name) => [name, time(name)])),
      retries: {
        type: 'integer',
        minimum: 0,
        maximum: 10,
        'x-name': t('advanced.retries'),
        'x-help': t('advanced.retriesHelp'),
      },
    },
  }
  const inherited = toForm(base?.settings ?? {})
  const markOf: MarkOf | undefined =
    mark &&
    (([name = ''], show, spoken) =>
      name === 'retries'
        ? mark([name], show, spoken)
        : mark(['timeouts', name], (ms) => show(typeof ms === 'number' ? ms / 1000 : ms), spoken))
  return (
    <SettingsForm
      schema={schema}
      value={toForm(own)}
      onChange={(value) => onChange(fromForm(value))}
      origins={{
        here,
        mark: markOf,
        below: ([name = '']) => {
          const value = inherited[name]
          return base && value !== undefined ? { value, from: base.from, reset: base.reset } : undefined
        },
      }}
    />
  )
}

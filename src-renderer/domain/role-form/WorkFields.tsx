import { useTranslation } from 'react-i18next'
import { RoleWork } from '@contract/entities/model-config'
import type { JsonObject } from '@contract/values'
import type { MarkOf } from '@renderer/domain/settings-form/origin'
import { SettingsForm } from '@renderer/domain/settings-form/SettingsForm'
import { originsOf, type Base } from './base'

interface Props {
  /** The fields that the role has a use for (`resources/roles.json`). */
  fields: readonly (keyof RoleWork)[]
  own: RoleWork | undefined
  base: Base | null
  here: string
  mark?: MarkOf | undefined
  onChange: (work: RoleWork | undefined) => void
}

const numbers = {
  everyTurns: { type: 'integer', minimum: 2, maximum: 100 },
  rewrites: { type: 'integer', minimum: 0, maximum: 10 },
  maxTokens: { type: 'integer', minimum: 500, maximum: 10_000_000 },
  maxCost: { type: 'number', minimum: 0, maximum: 1000, 'x-step': 0.05 },
  maxSeconds: { type: 'integer', minimum: 5, maximum: 3600 },
} as const satisfies Record<string, JsonObject>

/** When a role works in a turn, and how much it may take. */
export function WorkFields({ fields, own, base, here, mark, onChange }: Props) {
  const { t } = useTranslation('presets')
  const cadence = own?.cadence ?? base?.settings.work?.cadence
  const shown = fields.filter((name) => name !== 'everyTurns' || cadence === 'every')
  const schemaOf = (name: keyof RoleWork): JsonObject =>
    name === 'cadence'
      ? {
          type: 'string',
          enum: ['always', 'every', 'demand'],
          'x-labels': {
            always: t('work.always'),
            every: t('work.every'),
            demand: t('work.demand'),
          },
          'x-name': t('work.cadence'),
          'x-help': t('work.cadenceHelp'),
        }
      : {
          ...numbers[name],
          'x-name': t(`work.${name}`),
          'x-help': t(`work.${name}Help`),
        }
  return (
    <SettingsForm
      schema={{ type: 'object', properties: Object.fromEntries(shown.map((name) => [name, schemaOf(name)])) }}
      value={own ?? {}}
      onChange={(value) => {
        const { data } = RoleWork.safeParse(value)
        if (data) onChange(Object.keys(data).length === 0 ? undefined : data)
      }}
      origins={originsOf(base, 'work', here, mark)}
    />
  )
}

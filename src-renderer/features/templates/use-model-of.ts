import { useTranslation } from 'react-i18next'
import type { ModelSettings } from '@contract/entities/model-config'
import type { TemplateModel } from '@contract/entities/template'
import { PresetId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { choiceOf } from '@renderer/domain/role-form/model-settings'
import { settingsOf } from '@renderer/domain/role-form/settings-of'
import { useRoleName } from '@renderer/domain/use-role-name'

// A query that is not asked still needs an input.
const NO_PRESET = PresetId.parse('00000000-0000-7000-8000-000000000000')

export interface ModelOf {
  /** All that the model works with; null while it is not known, and where there is none. */
  settings: ModelSettings | null
  /** Whose model it is: "Writer of “Gothic, slow”". */
  name: string
}

/** The model that a template asks where no story says otherwise. */
export function useModelOf(model: TemplateModel): ModelOf {
  const { t } = useTranslation('templates')
  const roleName = useRoleName()
  const preset = useRoute('presets.list', {}).data?.find(({ isDefault }) => isDefault)
  const { data: roles } = useRoute(
    'presets.effective',
    { id: preset?.id ?? NO_PRESET },
    { enabled: preset !== undefined && model.kind === 'role' }
  )
  const configs = useRoute('modelConfigs.list', {}).data
  if (model.kind === 'config') {
    const config = configs?.find(({ id }) => id === model.id)
    return { settings: config?.settings ?? null, name: config?.name ?? '' }
  }
  const views = roles ?? []
  const own = views.find(({ role }) => role === model.role)
  // Without a model of its own, the Writer's does the work, which comes first among the roles.
  const [settings] = [own, views[0]].flatMap((view) => {
    const known = view && settingsOf(view)
    return known && choiceOf(known) ? [known] : []
  })
  return {
    settings: settings ?? null,
    name: preset ? t('write.roleOf', { role: roleName(model.role), preset: preset.name }) : roleName(model.role),
  }
}

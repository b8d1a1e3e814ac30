import { useTranslation } from 'react-i18next'
import type { ModelSettings } from '@contract/entities/model-config'
import type { TemplateModel } from '@contract/entities/template'
import type { ErrorShape } from '@contract/errors'
import { useRoute } from '@renderer/api/queries'
import { useRoleName } from '@renderer/domain/use-role-name'

/** Whose model answers in the place of a role that there is not. */
const WRITER = 'main'

export interface ModelOf {
  /** All that the model works with; null while it is not known, and where there is none. */
  settings: ModelSettings | null
  /** Why it cannot be asked; null for no reason. */
  error: ErrorShape | null
  /** Whose model it is: "Writer of “Gothic, slow”". */
  name: string
}

/** The model that a template asks where no story says otherwise. */
export function useModelOf(model: TemplateModel): ModelOf {
  const { t } = useTranslation('templates')
  const roleName = useRoleName()
  const roles = useRoute('roles.list', {}).data
  const preset = useRoute('presets.list', {}).data?.find(({ isDefault }) => isDefault)
  const configs = useRoute('modelConfigs.list', {}).data
  const { settings = null, error = null } = useRoute('templates.model', { model }).data ?? {}
  const name = () => {
    if (model.kind === 'config') return configs?.find(({ id }) => id === model.id)?.name ?? ''
    const isKnown = roles?.some(({ id, kind }) => id === model.role && kind === 'chat') ?? true
    const role = roleName(isKnown ? model.role : WRITER)
    return preset ? t('write.roleOf', { role, preset: preset.name }) : role
  }
  return { settings, error, name: name() }
}

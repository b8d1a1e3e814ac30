import { useTranslation } from 'react-i18next'
import type { PresetRole, Role } from '@contract/entities/preset'
import type { ModelConfigId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { useModels } from '@renderer/domain/model-picker/use-models'
import { EmbeddingTest } from '@renderer/domain/role-form/EmbeddingTest'
import { choiceOf, chooseModel, laidOver } from '@renderer/domain/role-form/model-settings'
import { ModelSettingsRows } from '@renderer/domain/role-form/ModelSettingsRows'
import { RoleHead } from '@renderer/domain/role-form/RoleHead'
import { PromptFold } from '@renderer/domain/role-prompt/PromptFold'
import { useLeftNotice } from '@renderer/domain/role-form/use-left-notice'
import { useLocal } from '@renderer/components/use-local'
import { ConfigRow } from './ConfigRow'
import { useBase } from './use-base'
import classes from './RolePanel.module.css'

interface Props {
  role: Role
  place: PresetRole
  /** Main's place, when it is another role and does the work of those that have no model. */
  main: PresetRole | null
  useMainForUnset: boolean
  onChange: (change: (before: PresetRole) => PresetRole) => void
}

/** What one role works with: model, keys, and every setting with where it comes from. */
export function RolePanel({ role, place, main, useMainForUnset, onChange }: Props) {
  const { t } = useTranslation('presets')
  const prompts = useTranslation('prompts').t
  const local = useLocal()
  const models = useModels()
  const configs = useRoute('modelConfigs.list', {}).data?.filter(({ kind }) => kind === role.kind) ?? []
  const own = place.settings
  const { base, usesMain } = useBase({ role, place, main, configs })
  const below = base?.settings ?? {}
  const choice = choiceOf({ ...below, ...own })
  const name = local(role.name)
  const tellWhatWasLeft = useLeftNotice()

  /** Another config may bring another provider, for which this role's keys are no good. */
  const chooseConfig = (modelConfigId: ModelConfigId | null) => {
    const next = configs.find(({ id }) => id === modelConfigId)
    const to = models.providers.find(({ id }) => id === (own.providerId ?? next?.settings.providerId))
    const chosen = chooseModel(own, choiceOf(own), role.kind, own.providerId ?? below.providerId, to)
    tellWhatWasLeft(chosen.left, to?.name ?? '', () => onChange(() => place))
    onChange((before) => ({ ...before, modelConfigId, settings: chosen.settings }))
  }

  const notes = [
    role.takesPart ? '' : t('note.notYet', { role: name }),
    place.enabled ? '' : offNote(),
    place.enabled && !choice ? t('note.noModel', { role: name }) : '',
    place.enabled && usesMain ? t('note.usesMain', { role: name }) : '',
  ].filter(Boolean)
  function offNote(): string {
    if (role.kind === 'embedding') return t('note.embeddingOff', { role: name })
    return t(useMainForUnset ? 'note.offMain' : 'note.offSkip', { role: name })
  }
  return (
    <div className={classes.panel}>
      <RoleHead name={name} level={3} help={local(role.help)} notes={notes} />
      <div className={classes.rows}>
        <ModelSettingsRows
          kind={role.kind}
          work={role.work}
          modelLabel={t('model.of', { role: name })}
          modelHelp={t('model.help')}
          own={own}
          base={base}
          here={t('origin.preset')}
          onChange={(change) => onChange((before) => ({ ...before, settings: change(before.settings) }))}
          afterModel={
            <ConfigRow
              configs={configs}
              chosen={place.modelConfigId}
              kind={role.kind}
              settings={choice && !usesMain ? laidOver(below, own) : null}
              suggestedName={name}
              onChoose={chooseConfig}
              onSaved={(id) => {
                onChange((before) => ({ ...before, modelConfigId: id, settings: {} }))
                return () => onChange(() => place)
              }}
            />
          }
        />
        <PromptFold
          role={role}
          language={null}
          storyId={null}
          prompt={place.prompt ?? null}
          isOwn
          origin={place.prompt ? t('origin.preset') : prompts('origin.builtIn')}
          reset={
            place.prompt
              ? { label: prompts('reset'), run: () => onChange(({ prompt: _prompt, ...rest }) => rest) }
              : null
          }
          onChange={(prompt) => onChange((before) => ({ ...before, prompt }))}
        />
        {role.kind === 'embedding' && choice && <EmbeddingTest settings={laidOver(below, own)} />}
      </div>
    </div>
  )
}

import { Button, Select, Switch } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { EffectiveRole } from '@contract/entities/effective'
import { RolePrompt, type Role } from '@contract/entities/preset'
import type { StoryId } from '@contract/ids'
import type { JsonValue, Language } from '@contract/values'
import { useRoute } from '@renderer/api/queries'
import { differencesOf } from '@renderer/domain/role-form/differences'
import { ModelSettingsRows } from '@renderer/domain/role-form/ModelSettingsRows'
import { RoleHead } from '@renderer/domain/role-form/RoleHead'
import { PromptFold } from '@renderer/domain/role-prompt/PromptFold'
import { beginningOf } from '@renderer/domain/role-prompt/prompt-words'
import { stringOf } from '@contract/json'
import { useLocal } from '@renderer/components/use-local'
import { settingsOf } from '@renderer/domain/role-form/settings-of'
import { changesBetween } from './effective-view'
import { MarkedRow } from './MarkedRow'
import { useMainBase } from './use-main-base'
import { useMarks } from './use-marks'
import classes from './StorySettings.module.css'

interface Props {
  role: Role
  view: EffectiveRole
  storyId: StoryId
  /** The story's. */
  language: Language
  /** What main works with, when it is another role and does the work of those that have no model. */
  main: EffectiveRole | null
  useMainForUnset: boolean
  onChange: (changes: Record<string, JsonValue>) => void
  onGiveBack: (paths: readonly string[]) => void
  onReset: () => void
}

/** What one role works with in this story: every value in effect, and where it comes from. */
export function StoryRolePanel({ role, view, storyId, language, main, useMainForUnset, ...changes }: Props) {
  const { onChange, onGiveBack, onReset } = changes
  const { t } = useTranslation('story-settings')
  const presets = useTranslation('presets').t
  const prompts = useTranslation('prompts').t
  const local = useLocal()
  const configs = useRoute('modelConfigs.list', {}).data?.filter(({ kind }) => kind === role.kind) ?? []
  const mark = useMarks(view, { change: onChange, giveBack: onGiveBack })
  const name = local(role.name)
  const settings = settingsOf(view)
  const enabled = view.fields['enabled']?.value === true || !role.switchable
  const configId = stringOf(view.fields['modelConfigId']?.value)
  const base = useMainBase(role, settings, main)
  const differs = differencesOf(view).length
  const prompt = RolePrompt.safeParse(view.fields['prompt']?.value).data ?? null
  const promptOverride = view.overrides['prompt']
  const promptMark = mark(
    ['prompt'],
    (value) => {
      const { data } = RolePrompt.safeParse(value)
      return data ? prompts('says', { text: beginningOf(data.text) }) : prompts('origin.builtIn')
    },
    prompts('title')
  )

  const notes = [
    role.takesPart ? '' : presets('note.notYet', { role: name }),
    enabled ? '' : offNote(),
    enabled && !settings.model && !base?.settings.model ? presets('note.noModel', { role: name }) : '',
    enabled && base?.settings.model ? presets('note.usesMain', { role: name }) : '',
  ].filter(Boolean)
  function offNote(): string {
    if (role.kind === 'embedding') return presets('note.embeddingOff', { role: name })
    return presets(useMainForUnset ? 'note.offMain' : 'note.offSkip', { role: name })
  }
  return (
    <div className={classes.panel}>
      <RoleHead name={name} level={2} help={local(role.help)} notes={notes}>
        {differs > 0 && (
          <p className={classes.note}>
            <span className={classes.differs}>{t('roleDiffers', { count: differs })}</span>
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              leftSection={<IconArrowBackUp size={14} stroke={1.6} />}
              onClick={onReset}
            >
              {t('resetRole')}
            </Button>
          </p>
        )}
      </RoleHead>
      <div className={classes.rows}>
        {role.switchable && (
          <MarkedRow
            name={t('part.name')}
            help={t('part.help')}
            mark={mark(['enabled'], (value) => t(value === true ? 'part.on' : 'part.off'), t('part.name'))}
          >
            <Switch
              aria-label={t('part.switch', { role: name })}
              checked={enabled}
              onChange={(event) => onChange({ enabled: event.currentTarget.checked })}
            />
          </MarkedRow>
        )}
        <ModelSettingsRows
          kind={role.kind}
          work={role.work}
          modelLabel={presets('model.of', { role: name })}
          modelHelp={presets('model.help')}
          own={settings}
          base={base}
          here={t('origin.story')}
          mark={mark}
          onChange={(change) => onChange(changesBetween(settings, change(settings)))}
          afterModel={
            configs.length > 0 && (
              <MarkedRow
                name={presets('config.name')}
                help={t('config.help')}
                mark={mark(
                  ['modelConfigId'],
                  (value) => configs.find(({ id }) => id === value)?.name ?? presets('config.none'),
                  presets('config.name')
                )}
              >
                <Select
                  aria-label={presets('config.name')}
                  placeholder={presets('config.none')}
                  searchable={configs.length > 12}
                  clearable
                  limit={100}
                  value={configId ?? null}
                  data={configs.map((config) => ({ value: config.id, label: config.name }))}
                  onChange={(value) => onChange({ modelConfigId: value })}
                />
              </MarkedRow>
            )
          }
        />
        <PromptFold
          role={role}
          language={language}
          storyId={storyId}
          prompt={prompt}
          isOwn={promptOverride !== undefined}
          origin={promptMark?.origin ?? prompts('origin.builtIn')}
          note={promptMark?.note}
          reset={promptMark?.reset ?? null}
          onChange={(next) => onChange({ prompt: next })}
          onBuiltIn={() => onChange({ prompt: null })}
        />
      </div>
    </div>
  )
}

import { ActionIcon, Anchor, Select, Tooltip } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { freeName, takenAmong } from '@contract/names'
import type { ModelConfig, ModelSettings } from '@contract/entities/model-config'
import type { ModelKind } from '@contract/entities/model'
import { ModelConfigId } from '@contract/ids'
import { useCommand } from '@renderer/api/queries'
import { notifyError, notifyUndo } from '@renderer/components/notify'
import { ResetButton } from '@renderer/domain/settings-form/ResetButton'
import { SettingRow } from '@renderer/domain/settings-form/SettingRow'
import { TextPrompt } from '@renderer/components/TextPrompt'
import classes from './ConfigRow.module.css'

interface Props {
  /** Of the role's kind. */
  configs: readonly ModelConfig[]
  chosen: ModelConfigId | null
  kind: ModelKind
  /** All that the role works with, to make a model config of; null while it has no model. */
  settings: ModelSettings | null
  suggestedName: string
  onChoose: (id: ModelConfigId | null) => void
  /** The role's settings stand in this config now. Returns what takes that back. */
  onSaved: (id: ModelConfigId) => () => void
}

/** The reusable block below a role's own settings: chosen, or made of them. */
export function ConfigRow({ configs, chosen, kind, settings, suggestedName, onChoose, onSaved }: Props) {
  const { t } = useTranslation('presets')
  const [naming, setNaming] = useState(false)
  const create = useCommand('modelConfigs.create', {
    onSuccess: ({ id, name }) => {
      setNaming(false)
      notifyUndo({ text: t('config.saved', { name }), undo: onSaved(id) })
    },
    onError: notifyError,
  })
  return (
    <SettingRow
      name={t('config.name')}
      help={t('config.help')}
      origin={
        chosen ? (
          <>
            <Anchor component={Link} href={`/models/${chosen}`}>
              {t('config.open')}
            </Anchor>
            <ResetButton name={t('config.name')} onClick={() => onChoose(null)} />
          </>
        ) : (
          <span>{t('config.optional')}</span>
        )
      }
    >
      <div className={classes.row}>
        <Select
          className={classes.select}
          aria-label={t('config.name')}
          placeholder={t(configs.length === 0 ? 'config.noneYet' : 'config.none')}
          disabled={configs.length === 0}
          searchable={configs.length > 12}
          limit={100}
          nothingFoundMessage={t('config.nothing')}
          value={chosen}
          data={configs.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value) => onChoose(ModelConfigId.safeParse(value).data ?? null)}
        />
        {settings && (
          <Tooltip label={t('config.save')}>
            <ActionIcon variant="default" size={36} aria-label={t('config.save')} onClick={() => setNaming(true)}>
              <IconDeviceFloppy size={17} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <TextPrompt
        opened={naming}
        title={t('config.saveTitle')}
        label={t('config.saveLabel')}
        value={freeName(suggestedName, takenAmong(configs.map(({ name }) => name)))}
        onSubmit={(name) => {
          if (!settings?.providerId || !settings.model) return
          const { providerId, model } = settings
          create.mutate({ name, kind, settings: { ...settings, providerId, model } })
        }}
        onCancel={() => setNaming(false)}
      />
    </SettingRow>
  )
}

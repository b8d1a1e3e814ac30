import { Button, Checkbox, Group, Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ModelConfigId, PresetId, TemplateId } from '@contract/ids'
import type { RouteInput } from '@contract/routes'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { downloadText } from '@renderer/components/text-files'
import { useFilesDialog, type ExportStart } from '@renderer/stores/files-dialog'
import { CheckList } from './CheckList'
import classes from './Files.module.css'

const kinds = ['presets', 'modelConfigs', 'templates'] as const

/** Asks what to write into a file, and hands the file to the user. */
export function ExportForm({ start }: { start: ExportStart }) {
  const { t } = useTranslation('files')
  const common = useTranslation('common').t
  const close = useFilesDialog((state) => state.close)
  const presets = useRoute('presets.list', {}).data ?? []
  const configs = useRoute('modelConfigs.list', {}).data ?? []
  const templates = useRoute('templates.list', {}).data ?? []
  const [what, setWhat] = useState<ExportStart['what']>(start.what)
  const [presetIds, setPresetIds] = useState<readonly string[]>(start.what === 'presets' ? start.ids : [])
  const [configIds, setConfigIds] = useState<readonly string[]>(start.what === 'modelConfigs' ? start.ids : [])
  const [templateIds, setTemplateIds] = useState<readonly string[]>(start.what === 'templates' ? start.ids : [])
  const [allVersions, setAllVersions] = useState(true)
  const save = useCommand('files.export', {
    onSuccess: ({ fileName, text }) => {
      downloadText(fileName, text)
      close()
    },
  })

  const asked = (): RouteInput<'files.export'> => {
    if (what === 'presets') return { what, ids: presetIds.map((id) => PresetId.parse(id)) }
    if (what === 'modelConfigs') return { what, ids: configIds.map((id) => ModelConfigId.parse(id)) }
    if (what === 'templates')
      return { what, ids: templateIds.map((id) => TemplateId.parse(id)), versions: allVersions ? 'all' : 'used' }
    return { what }
  }
  const chosen = { presets: presetIds, modelConfigs: configIds, templates: templateIds }
  const nothing = what !== 'configuration' && chosen[what].length === 0
  return (
    <Stack>
      <Radio.Group
        label={t('export.what')}
        value={what}
        onChange={(value) => setWhat(kinds.find((kind) => kind === value) ?? 'configuration')}
      >
        <Stack gap="xs" mt="xs">
          <Radio
            value="presets"
            label={t('export.presets')}
            description={t('export.presetsHelp')}
            disabled={presets.length === 0}
          />
          {what === 'presets' && (
            <CheckList label={t('kind.preset')} items={presets} checked={presetIds} onChange={setPresetIds} />
          )}
          <Radio value="modelConfigs" label={t('export.modelConfigs')} disabled={configs.length === 0} />
          {what === 'modelConfigs' && (
            <CheckList label={t('kind.modelConfig')} items={configs} checked={configIds} onChange={setConfigIds} />
          )}
          <Radio
            value="templates"
            label={t('export.templates')}
            description={t('export.templatesHelp')}
            disabled={templates.length === 0}
          />
          {what === 'templates' && (
            <>
              <CheckList label={t('kind.template')} items={templates} checked={templateIds} onChange={setTemplateIds} />
              <Checkbox
                ml={28}
                label={t('export.allVersions')}
                description={t('export.allVersionsHelp')}
                checked={allVersions}
                onChange={(event) => setAllVersions(event.currentTarget.checked)}
              />
            </>
          )}
          <Radio value="configuration" label={t('export.everything')} description={t('export.everythingHelp')} />
        </Stack>
      </Radio.Group>
      <p className={classes.help}>{t('export.noKeys')}</p>
      {save.error && <ErrorNotice error={save.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>
          {common('cancel')}
        </Button>
        <Button disabled={nothing} loading={save.isPending} onClick={() => save.mutate(asked())}>
          {t('export.run')}
        </Button>
      </Group>
    </Stack>
  )
}

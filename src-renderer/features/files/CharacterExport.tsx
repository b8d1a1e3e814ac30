import { Button, Group, Radio, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { exportCharacter, type CardForm, type CardLore } from '@renderer/domain/files/export-character'
import { useFilesDialog, type CharacterExportStart } from '@renderer/stores/files-dialog'
import classes from './Files.module.css'

const forms = ['png', 'json', 'charx'] as const
const lores = ['own', 'world', 'none'] as const

/** Asks in which form a character goes into a file, and with which lore, and hands the file to the user. */
export function CharacterExport({ start: { worldId, id } }: { start: CharacterExportStart }) {
  const { t } = useTranslation('files')
  const common = useTranslation('common').t
  const close = useFilesDialog((state) => state.close)
  const entry = useRoute('worlds.entry', { worldId, id }).data
  const [form, setForm] = useState<CardForm>('png')
  const [lore, setLore] = useState<CardLore>('own')
  const save = useMutation({
    mutationFn: exportCharacter,
    onSuccess: close,
    networkMode: 'always',
  })
  return (
    <Stack>
      {entry && <p className={classes.fileName}>{entry.name}</p>}
      <Radio.Group
        label={t('character.form')}
        value={form}
        onChange={(value) => setForm(forms.find((one) => one === value) ?? 'png')}
      >
        <Stack gap="xs" mt="xs">
          {forms.map((one) => (
            <Radio key={one} value={one} label={t(`character.${one}`)} description={t(`character.${one}Help`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Radio.Group
        label={t('character.lore')}
        value={lore}
        onChange={(value) => setLore(lores.find((one) => one === value) ?? 'own')}
      >
        <Stack gap="xs" mt="xs">
          {lores.map((one) => (
            <Radio key={one} value={one} label={t(`character.lore_${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {save.error && <ErrorNotice error={save.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>
          {common('cancel')}
        </Button>
        <Button
          disabled={entry?.kind !== 'character'}
          loading={save.isPending}
          onClick={() => entry?.kind === 'character' && save.mutate({ entry, form, lore })}
        >
          {t('export.run')}
        </Button>
      </Group>
    </Stack>
  )
}

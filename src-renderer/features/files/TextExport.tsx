import { Button, Group, NativeSelect, Radio, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MessageId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { exportText, textForms, type TextForm } from '@renderer/domain/files/export-text'
import { beginningOf } from '@renderer/domain/role-prompt/prompt-words'
import { useFilesDialog, type TextExportStart } from '@renderer/stores/files-dialog'
import classes from './Files.module.css'

/** Characters of a branch's beginning. */
const SHOWN = 50

/** Asks what of a story goes into a file and in which form, and hands the file to the user. */
export function TextExport({ start: { storyId } }: { start: TextExportStart }) {
  const { t } = useTranslation('files')
  const common = useTranslation('common').t
  const format = useFormat()
  const close = useFilesDialog((state) => state.close)
  const story = useRoute('stories.get', { id: storyId }).data
  const [form, setForm] = useState<TextForm>('markdown')
  const [branch, setBranch] = useState<MessageId | null>(null)
  const [chapter, setChapter] = useState<number | null>(null)
  const outline = useRoute('files.textOutline', { storyId, ...(branch === null ? {} : { branch }) }).data
  const chapters = outline?.chapters ?? []
  // What is chosen by the first branch stays to be chosen while the chapters of another one are asked for.
  const branches = useRoute('files.textOutline', { storyId }).data?.branches ?? []
  const save = useMutation({ mutationFn: exportText, onSuccess: close, networkMode: 'always' })
  return (
    <Stack>
      {story && <p className={classes.fileName}>{story.title}</p>}
      <Radio.Group
        label={t('text.form')}
        value={form}
        onChange={(value) => setForm(textForms.find((one) => one === value) ?? 'markdown')}
      >
        <Stack gap="xs" mt="xs">
          {textForms.map((one) => (
            <Radio key={one} value={one} label={t(`text.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {branches.length > 0 && (
        <NativeSelect
          label={t('text.branch')}
          value={branch ?? ''}
          data={[
            { value: '', label: t('text.shown') },
            ...branches.map(({ id, excerpt, length }) => ({
              value: id,
              label: t('text.otherBranch', {
                count: length,
                shown: format.number(length),
                text: beginningOf(excerpt.replaceAll('*', ''), SHOWN),
              }),
            })),
          ]}
          onChange={(event) => {
            setBranch(MessageId.safeParse(event.currentTarget.value).data ?? null)
            setChapter(null)
          }}
        />
      )}
      {chapters.length > 0 && (
        <NativeSelect
          label={t('text.part')}
          value={chapter ?? ''}
          data={[
            { value: '', label: t('text.whole') },
            ...chapters.map((name, index) => ({ value: String(index), label: name })),
          ]}
          onChange={(event) => {
            const { value } = event.currentTarget
            setChapter(value === '' ? null : Number(value))
          }}
        />
      )}
      {save.error && <ErrorNotice error={save.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>
          {common('cancel')}
        </Button>
        <Button loading={save.isPending} onClick={() => save.mutate({ storyId, form, branch, chapter })}>
          {t('export.run')}
        </Button>
      </Group>
    </Stack>
  )
}

import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'

interface Words {
  name: string
  note: string
}

interface Props {
  opened: boolean
  title: string
  words: Words
  onSubmit: (words: Words) => void
  onCancel: () => void
}

/** Asks for the user's own words on a version; both may stay empty. */
export function NameVersion({ opened, title, onCancel, ...form }: Props) {
  const { t } = useTranslation('common')
  return (
    <Modal opened={opened} onClose={onCancel} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <Form {...form} onCancel={onCancel} />
    </Modal>
  )
}

function Form({ words, onSubmit, onCancel }: Omit<Props, 'opened' | 'title'>) {
  const { t } = useTranslation('templates')
  const common = useTranslation('common').t
  const [name, setName] = useState(words.name)
  const [note, setNote] = useState(words.note)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    onSubmit({ name: name.trim(), note })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t('versions.name')}
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Textarea
          label={t('versions.note')}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={10_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {common('cancel')}
          </Button>
          <Button type="submit">{common('save')}</Button>
        </Group>
      </Stack>
    </form>
  )
}

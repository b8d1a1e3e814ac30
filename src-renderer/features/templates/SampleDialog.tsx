import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { JsonObject } from '@contract/values'
import { schemaOfSample } from './schema-sample'
import classes from './Answer.module.css'

interface Props {
  opened: boolean
  format: 'json' | 'csv'
  onSchema: (schema: JsonObject) => void
  onCancel: () => void
}

/** Makes a shape of an answer as it should look. */
export function SampleDialog({ opened, onCancel, ...form }: Props) {
  const { t } = useTranslation('templates')
  const common = useTranslation('common').t
  return (
    <Modal
      opened={opened}
      onClose={onCancel}
      title={t('answer.sampleTitle')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Form {...form} onCancel={onCancel} />
    </Modal>
  )
}

function Form({ format, onSchema, onCancel }: Omit<Props, 'opened'>) {
  const { t } = useTranslation('templates')
  const common = useTranslation('common').t
  const [text, setText] = useState('')
  const [isWrong, setWrong] = useState(false)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const schema = schemaOfSample(text, format)
    if (schema) onSchema(schema)
    else setWrong(true)
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Textarea
          label={t(`answer.sampleLabel.${format}`)}
          description={t('answer.sampleHelp')}
          classNames={{ input: classes.code }}
          autosize
          minRows={6}
          maxRows={16}
          spellCheck={false}
          error={isWrong && t(`answer.sampleBad.${format}`)}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setWrong(false)
          }}
          data-autofocus
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {common('cancel')}
          </Button>
          <Button type="submit" disabled={text.trim() === ''}>
            {t('answer.sampleTake')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

import { Button, Group, Modal, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'

export interface TextPromptProps {
  opened: boolean
  title: string
  label: string
  /** What stands in the field when the dialog opens; selected. */
  value: string
  /** What the button does; "Save" when absent. */
  action?: string
  /** Characters; 120, as for every name, when absent. */
  maxLength?: number
  /** Gets the text trimmed and never empty. The dialog stays open until `opened` says otherwise. */
  onSubmit: (text: string) => void
  onCancel: () => void
}

/** Asks for one line of text, such as a new name. */
export function TextPrompt({ opened, title, onCancel, ...form }: TextPromptProps) {
  const { t } = useTranslation('common')
  return (
    <Modal opened={opened} onClose={onCancel} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <PromptForm {...form} onCancel={onCancel} />
    </Modal>
  )
}

function PromptForm(props: Omit<TextPromptProps, 'opened' | 'title'>) {
  const { t } = useTranslation('common')
  const [text, setText] = useState(props.value)
  const trimmed = text.trim()
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (trimmed !== '') props.onSubmit(trimmed)
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        label={props.label}
        value={text}
        maxLength={props.maxLength ?? 120}
        onChange={(event) => setText(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        data-autofocus
      />
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={props.onCancel}>
          {t('cancel')}
        </Button>
        <Button type="submit" disabled={trimmed === ''}>
          {props.action ?? t('save')}
        </Button>
      </Group>
    </form>
  )
}

import { Button, Group, Modal, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export interface ConfirmDialogProps {
  opened: boolean
  /** The question. */
  title: string
  /** What will happen, and whether it can be undone. */
  text?: ReactNode
  /** What the button does: "Delete", never "OK". */
  action: string
  onConfirm: () => void
  onCancel: () => void
}

/** Asks before what cannot be undone. Cancel has the focus. */
export function ConfirmDialog({ opened, title, text, action, onConfirm, onCancel }: ConfirmDialogProps) {
  const { t } = useTranslation('common')
  return (
    <Modal opened={opened} onClose={onCancel} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      {text && (
        <Text component="div" c="dimmed">
          {text}
        </Text>
      )}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onCancel} data-autofocus>
          {t('cancel')}
        </Button>
        <Button onClick={onConfirm}>{action}</Button>
      </Group>
    </Modal>
  )
}

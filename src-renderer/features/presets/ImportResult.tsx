import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import type { ImportOutcome } from './use-import'

interface Props {
  outcome: ImportOutcome | null
  onClose: () => void
  onPickAgain: () => void
}

/** What an import brought, what it refers to that this computer does not have, or why nothing was taken. */
export function ImportResult({ outcome, onClose, onPickAgain }: Props) {
  const { t } = useTranslation('presets')
  const common = useTranslation('common').t
  return (
    <Modal
      opened={outcome !== null}
      onClose={onClose}
      title={outcome?.type === 'failed' ? t('imported.failed') : t('imported.title')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {outcome?.type === 'failed' && (
        <Stack>
          <ErrorNotice error={outcome.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {common('close')}
            </Button>
            <Button onClick={onPickAgain}>{t('imported.another')}</Button>
          </Group>
        </Stack>
      )}
      {outcome?.type === 'done' && (
        <Stack>
          <List>
            {outcome.result.presets.map(({ id, name }) => (
              <List.Item key={id}>{name}</List.Item>
            ))}
          </List>
          {outcome.result.notes.length > 0 && (
            <div>
              <Text fw={500}>{t('imported.notes')}</Text>
              <List c="dimmed">
                {outcome.result.notes.map(({ kind, preset, name }) => (
                  <List.Item key={`${kind}/${preset}/${name}`}>
                    {t(`imported.note.${kind}`, { preset, name })}
                  </List.Item>
                ))}
              </List>
            </div>
          )}
          <Group justify="flex-end">
            <Button onClick={onClose} data-autofocus>
              {common('close')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}

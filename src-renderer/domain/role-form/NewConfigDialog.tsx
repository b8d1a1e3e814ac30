import { Button, Group, Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { freeName, takenAmong } from '@contract/names'
import type { ModelConfig } from '@contract/entities/model-config'
import { ModelKind } from '@contract/entities/model'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import type { ModelChoice } from '@renderer/domain/model-picker/model-choice'
import { ModelPicker } from '@renderer/domain/model-picker/ModelPicker'
import { useModels } from '@renderer/domain/model-picker/use-models'

interface Props {
  opened: boolean
  /** Asked for when absent. */
  kind?: ModelKind
  onClose: () => void
  onCreated: (config: ModelConfig) => void
}

/** Makes a model config: what it is for, its model and its name. */
export function NewConfigDialog({ opened, onClose, ...form }: Props) {
  const { t } = useTranslation('models')
  const common = useTranslation('common').t
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('new.title')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <NewConfigForm {...form} onClose={onClose} />
    </Modal>
  )
}

function NewConfigForm({ kind: fixed, onClose, onCreated }: Omit<Props, 'opened'>) {
  const { t } = useTranslation('models')
  const common = useTranslation('common').t
  const models = useModels()
  const configs = useRoute('modelConfigs.list', {}).data ?? []
  const [kind, setKind] = useState<ModelKind>(fixed ?? 'chat')
  const [choice, setChoice] = useState<ModelChoice | null>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const create = useCommand('modelConfigs.create', { onSuccess: onCreated })

  const modelName = choice ? (models.find(choice)?.model.name ?? choice.model).slice(0, 110) : ''
  const suggested = freeName(modelName, takenAmong(configs.map((config) => config.name)))
  const name = (typed ?? suggested).trim()

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (choice && name !== '') create.mutate({ name, kind, settings: { ...choice } })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {fixed === undefined && (
          <div>
            <SegmentedControl
              fullWidth
              aria-label={t('new.kind')}
              value={kind}
              data={ModelKind.options.map((value) => ({ value, label: t(`kind.${value}`) }))}
              onChange={(value) => {
                setKind(ModelKind.catch('chat').parse(value))
                setChoice(null)
              }}
            />
            <Text size="sm" c="dimmed" mt={6}>
              {t(`new.help.${kind}`)}
            </Text>
          </div>
        )}
        <ModelPicker label={t('new.model')} kind={kind} value={choice} onChange={setChoice} />
        <TextInput
          label={common('name')}
          placeholder={t('new.namePlaceholder')}
          maxLength={120}
          value={typed ?? suggested}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {create.error && <ErrorNotice error={create.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={!choice || name === ''}>
            {t('new.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SimulatedFailure, SimulationTarget } from '@contract/entities/usage'
import { useSimulation } from './use-simulation'

/** What happens to keys, and what to models; the likeliest first. */
const failures: Record<SimulationTarget['kind'], readonly [SimulatedFailure, ...SimulatedFailure[]]> = {
  token: [
    'provider_payment_required',
    'provider_rate_limited',
    'provider_unauthorized',
    'provider_timed_out',
    'provider_unreachable',
  ],
  model: [
    'provider_overloaded',
    'provider_rate_limited',
    'provider_timed_out',
    'provider_unreachable',
    'provider_context_exceeded',
    'provider_refused',
    'provider_empty_answer',
  ],
}

export interface SimulateDialogProps {
  target: SimulationTarget
  /** The key's or the model's name. */
  name: string
  opened: boolean
  onClose: () => void
}

/** Lets a key or a model fail on purpose, so that the user sees which one takes over. */
export function SimulateDialog({ target, name, opened, onClose }: SimulateDialogProps) {
  const { t } = useTranslation(['providers', 'common'])
  const { begin } = useSimulation(target)
  const [chosen, setChosen] = useState<SimulatedFailure>(failures[target.kind][0])
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('simulate.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        <Text c="dimmed">{t(target.kind === 'token' ? 'simulate.textToken' : 'simulate.textModel', { name })}</Text>
        <Radio.Group
          label={t('simulate.failure')}
          value={chosen}
          onChange={(value) => setChosen(failures[target.kind].find((each) => each === value) ?? chosen)}
        >
          <Stack gap="xs" mt={4}>
            {failures[target.kind].map((failure) => (
              <Radio key={failure} value={failure} label={t(`simulate.as.${failure}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            onClick={() => {
              begin(chosen)
              onClose()
            }}
          >
            {t('simulate.begin')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

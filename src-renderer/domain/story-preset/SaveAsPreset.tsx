import { Button, Group, Modal, Switch, Text, TextInput } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Story } from '@contract/entities/story'
import { CommonError } from '@contract/errors'
import { useCommand } from '@renderer/api/queries'
import { useErrorText } from '@renderer/components/error-text'
import { notifyDone, notifyError } from '@renderer/components/notify'

export interface SaveAsPresetProps {
  story: Story
  presetName: string
  /** As one of several quiet actions in a row. */
  quiet?: boolean
}

/** Makes a preset of what a story works with. */
export function SaveAsPreset({ story, presetName, quiet = false }: SaveAsPresetProps) {
  const { t } = useTranslation('story-settings')
  const common = useTranslation('common').t
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button
        {...(quiet ? { variant: 'subtle', color: 'gray', size: 'xs' } : { variant: 'default' })}
        leftSection={<IconDeviceFloppy size={16} stroke={1.6} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {t('save.action')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('save.title')}
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        <SaveForm story={story} presetName={presetName} onDone={() => setOpened(false)} />
      </Modal>
    </>
  )
}

function SaveForm({ story, presetName, onDone }: Omit<SaveAsPresetProps, 'quiet'> & { onDone: () => void }) {
  const { t } = useTranslation('story-settings')
  const common = useTranslation('common').t
  const errorText = useErrorText()
  const [name, setName] = useState(() => t('save.suggested', { preset: presetName, story: story.title }).slice(0, 120))
  const [switchTo, setSwitchTo] = useState(true)
  const save = useCommand('stories.saveAsPreset', {
    onSuccess: (preset) => {
      onDone()
      notifyDone(t('save.done', { name: preset.name }))
    },
    onError: (error) => {
      if (error.code !== CommonError.NameTaken) notifyError(error)
    },
  })
  const taken = save.error?.code === CommonError.NameTaken ? errorText(save.error).what : null
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (name.trim() !== '' && !save.isPending) save.mutate({ id: story.id, name: name.trim(), switchTo })
  }
  return (
    <form onSubmit={submit}>
      <Text c="dimmed" mb="md">
        {t('save.text')}
      </Text>
      <TextInput
        label={t('save.name')}
        value={name}
        maxLength={120}
        error={taken}
        onChange={(event) => {
          setName(event.currentTarget.value)
          save.reset()
        }}
        onFocus={(event) => event.currentTarget.select()}
        data-autofocus
      />
      <Switch
        mt="md"
        label={t('save.switch')}
        description={t('save.switchHelp', { preset: presetName })}
        checked={switchTo}
        onChange={(event) => setSwitchTo(event.currentTarget.checked)}
      />
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onDone}>
          {common('cancel')}
        </Button>
        <Button type="submit" disabled={name.trim() === ''} loading={save.isPending}>
          {common('save')}
        </Button>
      </Group>
    </form>
  )
}

import { Button, Group, Modal, NativeSelect, Radio, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { CharacterEntry } from '@contract/entities/world'
import { request } from '@renderer/api/bridge'
import { useCommand, useRoute } from '@renderer/api/queries'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { useLanguage } from '@renderer/components/use-local'
import classes from './Worlds.module.css'

interface Props {
  character: CharacterEntry
  opened: boolean
  onClose: () => void
}

/** Begins a story with a character: by one of their greetings, as one of the personas of their world. */
export function NewStoryWith({ character, opened, onClose }: Props) {
  const { t } = useTranslation('worlds')
  const common = useTranslation('common').t
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('begin.title', { name: character.name })}
      size={560}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <BeginForm character={character} onClose={onClose} />
    </Modal>
  )
}

function BeginForm({ character, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation('worlds')
  const common = useTranslation('common').t
  const language = useLanguage()
  const [, go] = useLocation()
  const { greetings } = character.fields
  const [greeting, setGreeting] = useState(greetings.length > 0 ? 0 : null)
  const [chosen, setChosen] = useState<string | null>(null)
  const personas = useRoute('worlds.entries', { worldId: character.worldId, kind: 'persona' }).data ?? []
  // Most worlds have one persona, whom nobody wants to choose each time.
  const persona = chosen === null ? personas[0] : personas.find(({ id }) => id === chosen)
  /** As it will stand in the story. */
  const named = (text: string) =>
    text
      .replaceAll(/\{\{char\}\}|<bot>/giu, () => character.name)
      .replaceAll(/\{\{user\}\}|<user>/giu, () => persona?.name ?? t('begin.user'))
  const create = useCommand('stories.create', {
    onSuccess: ({ id }) => go(`/stories/${id}`),
    onError: notifyError,
  })
  const begin = async () => {
    if ((await request('presets.list', {})).length === 0) {
      notifyDone(t('begin.needsPreset'))
      go('/guide')
      return
    }
    create.mutate({ language, begin: { characterId: character.id, greeting, personaId: persona?.id ?? null } })
  }
  return (
    <>
      {greetings.length === 0 ? (
        <Text c="dimmed">{t('begin.noGreeting', { name: character.name })}</Text>
      ) : (
        <Radio.Group
          label={t('begin.greeting')}
          description={greetings.length > 1 ? t('begin.greetingHelp') : undefined}
          value={greeting === null ? '' : String(greeting)}
          onChange={(value) => setGreeting(value === '' ? null : Number(value))}
        >
          <div className={classes.greetings}>
            {greetings.map((text, place) => (
              // Two greetings may be alike, and they do not move.
              <Radio
                key={place}
                value={String(place)}
                label={<span className={classes.greeting}>{named(text)}</span>}
              />
            ))}
            <Radio value="" label={t('begin.empty')} />
          </div>
        </Radio.Group>
      )}
      {personas.length > 0 ? (
        <NativeSelect
          mt="md"
          label={t('begin.persona')}
          value={persona?.id ?? ''}
          data={[
            ...personas.map(({ id, name }) => ({ value: id, label: name })),
            { value: '', label: t('begin.nobody') },
          ]}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      ) : (
        <Text mt="md" size="sm" c="dimmed">
          {t('begin.noPersona')}
        </Text>
      )}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button loading={create.isPending} onClick={() => void begin().catch(notifyError)}>
          {t('begin.run')}
        </Button>
      </Group>
    </>
  )
}

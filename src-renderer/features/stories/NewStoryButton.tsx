import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconChevronDown, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useRoute } from '@renderer/api/queries'
import { useNewStory } from './use-new-story'

/** Begins a story with the default preset, or where there are several with one of them. */
export function NewStoryButton() {
  const { t } = useTranslation('stories')
  const { create, pending } = useNewStory()
  const { data: presets = [] } = useRoute('presets.list', {})
  const button = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} loading={pending} onClick={() => void create()}>
      {t('new')}
    </Button>
  )
  if (presets.length < 2) return button
  return (
    <Button.Group>
      {button}
      <Menu position="bottom-end" width={300} withinPortal>
        <Menu.Target>
          <ActionIcon
            size={36}
            variant="filled"
            disabled={pending}
            aria-label={t('newWith')}
            style={{ borderStartStartRadius: 0, borderEndStartRadius: 0, marginInlineStart: 1 }}
          >
            <IconChevronDown size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown mah="60vh" style={{ overflowY: 'auto' }}>
          <Menu.Label>{t('newWith')}</Menu.Label>
          {presets.map(({ id, name, isDefault }) => (
            <Menu.Item key={id} onClick={() => void create(id)}>
              {isDefault ? t('newWithDefault', { name }) : name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  )
}

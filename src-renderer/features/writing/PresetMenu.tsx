import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { Story } from '@contract/entities/story'
import { useCommand, useRoute } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import classes from './CastPanel.module.css'

/** Which preset the story is based on, and another in its place. */
export function PresetMenu({ story }: { story: Story }) {
  const { t } = useTranslation('writing')
  const [, navigate] = useLocation()
  const presets = useRoute('presets.list', {})
  const name = useRoute('presets.get', { id: story.presetId }).data?.name
  const setPreset = useCommand('stories.setPreset', { onError: notifyError })
  return (
    <Menu position="bottom-end" width={240} withinPortal>
      <Menu.Target>
        <Button
          className={classes.preset}
          variant="default"
          size="compact-sm"
          radius="xl"
          aria-label={t('cast.presetNamed', { name: name ?? '' })}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          <span className={classes.presetName}>{name ?? '…'}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="60vh" style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('cast.presets')}</Menu.Label>
        <Menu.RadioGroup value={story.presetId}>
          {presets.data?.map((preset) => (
            <Menu.RadioItem
              key={preset.id}
              value={preset.id}
              closeMenuOnClick
              onChange={() => setPreset.mutate({ id: story.id, presetId: preset.id })}
            >
              {preset.name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPencil size={14} aria-hidden />}
          onClick={() => navigate(`/presets/${story.presetId}`)}
        >
          {t('cast.editPreset')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

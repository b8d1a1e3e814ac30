import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconFeather, IconMicrophone, IconMovie, IconMusic, IconSparkles, type Icon } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StageKind } from '@contract/entities/stage'
import type { Message } from '@contract/entities/story'
import { useStages } from '@renderer/domain/media/use-stages'
import { useMediaDialog } from '@renderer/stores/media-dialog'
import classes from './PassageBar.module.css'

const icons: Record<StageKind, Icon> = {
  chat: IconFeather,
  speech: IconMicrophone,
  music: IconMusic,
  video: IconMovie,
}

/** "Make…" of a passage: a poem, a voice, a song or a clip. */
export function MakeMenu({ message, text }: { message: Message; text: string }) {
  const { t } = useTranslation('media')
  const [opened, setOpened] = useState(false)
  return (
    <Menu position="bottom-end" opened={opened} onChange={setOpened}>
      <Menu.Target>
        <Tooltip label={t('make.of')}>
          <ActionIcon
            className={classes.action}
            variant="subtle"
            color="gray"
            size={26}
            aria-label={t('make.of')}
            disabled={text.trim() === ''}
          >
            <IconSparkles size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>{opened && <Kinds message={message} text={text} />}</Menu.Dropdown>
    </Menu>
  )
}

function Kinds({ message: { id, storyId }, text }: { message: Message; text: string }) {
  const { stages, nameOf } = useStages()
  return stages.map((stage) => {
    const Icon = icons[stage.kind]
    return (
      <Menu.Item
        key={stage.id}
        leftSection={<Icon size={16} stroke={1.6} aria-hidden />}
        onClick={() =>
          useMediaDialog.getState().open({ stage: stage.id, storyId, messageId: id, sourceId: null, text })
        }
      >
        {nameOf(stage.id)}…
      </Menu.Item>
    )
  })
}

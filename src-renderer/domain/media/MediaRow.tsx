import { ActionIcon, UnstyledButton } from '@mantine/core'
import {
  IconChevronRight,
  IconFeather,
  IconMicrophone,
  IconMovie,
  IconMusic,
  IconPlayerPlayFilled,
  type Icon,
} from '@tabler/icons-react'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MediaSummary } from '@contract/entities/media'
import type { StageKind } from '@contract/entities/stage'
import { useOpenMedia } from '@renderer/stores/media-open'
import { MediaBody } from './MediaBody'
import { MediaMenu } from './MediaMenu'
import { MediaStateLine } from './MediaStateLine'
import { useMediaFacts } from './use-media-facts'
import { useStages } from './use-stages'
import classes from './Media.module.css'

const icons: Record<StageKind, Icon> = {
  chat: IconFeather,
  speech: IconMicrophone,
  music: IconMusic,
  video: IconMovie,
}

interface Props {
  media: MediaSummary
  /** The element that it is: where its list makes the items, none of its own. */
  as?: 'li' | 'div'
  /** Where it is used, in the library. */
  where?: ReactNode
  onPlaying?: (playing: boolean) => void
}

/** Something that was made, or is being made: folded to a line, with a player when it is open. */
export function MediaRow({ media, as: Root = 'li', where, onPlaying }: Props) {
  const { t } = useTranslation('media')
  const bodyId = useId()
  const facts = useMediaFacts()
  const { find } = useStages()
  const { id, title, state, file, excerpt } = media
  const opened = useOpenMedia((store) => store.opened.has(id))
  const setOpened = useOpenMedia((store) => store.set)
  const [autoPlay, setAutoPlay] = useState(false)
  const Icon = icons[find(media.stage)?.kind ?? 'chat']
  const complete = state === 'complete'
  const open = complete && opened
  const unfold = (now: boolean, play: boolean) => {
    setAutoPlay(play)
    setOpened(id, now)
  }
  return (
    <Root className={classes.row} data-media={id} data-state={state}>
      <div className={classes.head}>
        {complete && file && !file.type.startsWith('image/') && !open ? (
          <ActionIcon
            variant="default"
            radius="xl"
            size={30}
            aria-label={t('player.play', { name: title })}
            onClick={() => unfold(true, true)}
          >
            <IconPlayerPlayFilled size={14} aria-hidden />
          </ActionIcon>
        ) : (
          <span className={classes.icon}>
            <Icon size={18} stroke={1.5} aria-hidden />
          </span>
        )}
        <UnstyledButton
          className={classes.title}
          aria-expanded={complete ? open : undefined}
          aria-controls={open ? bodyId : undefined}
          disabled={!complete}
          onClick={() => unfold(!open, false)}
        >
          <span className={classes.name}>
            <span className={classes.nameText}>{title}</span>
            {complete && <IconChevronRight size={14} stroke={1.6} className={classes.chevron} aria-hidden />}
          </span>{' '}
          <span className={classes.facts}>{facts(media)}</span>
          {where !== undefined && !open && saysMore(excerpt, title) && (
            <span className={classes.excerpt}>{excerpt}</span>
          )}
        </UnstyledButton>
        {where}
        <MediaMenu media={media} />
      </div>
      <MediaStateLine media={media} />
      {open && (
        <div id={bodyId} className={classes.body}>
          <MediaBody id={id} autoPlay={autoPlay} onPlaying={onPlaying} />
        </div>
      )}
    </Root>
  )
}

/** Whether the beginning of a text is more than the title that was made of it. */
const saysMore = (excerpt: string, title: string): boolean =>
  excerpt !== '' && !title.startsWith(excerpt.replace(/\.$/, ''))

import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Media } from '@contract/entities/media'
import type { MediaId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { AudioPlayer } from '@renderer/components/player/AudioPlayer'
import { usePlayer } from '@renderer/components/player/use-player'
import { VideoPlayer } from '@renderer/components/player/VideoPlayer'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { UnreadableNote } from '@renderer/components/UnreadableNote'
import { mediaUrl } from './media-file'
import { ReadAlong } from './ReadAlong'
import { useReadAlong } from './use-read-along'
import classes from './Media.module.css'

interface Props {
  id: MediaId
  /** Begins at once. */
  autoPlay: boolean
  /** Said when it begins and when it ends. */
  onPlaying?: ((playing: boolean) => void) | undefined
}

/** What was made: a poem to read, a sound or a film to play. */
export function MediaBody({ id, autoPlay, onPlaying }: Props) {
  const { data, error, refetch } = useRoute('media.get', { id })
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <LoadingRows rows={1} height={40} />
  return (
    <>
      <UnreadableNote parts={data.unreadable} />
      <Shown media={data} autoPlay={autoPlay} onPlaying={onPlaying} />
    </>
  )
}

function Shown({ media, autoPlay, onPlaying }: { media: Media } & Omit<Props, 'id'>) {
  const { id, title, file, words } = media
  if (file?.type.startsWith('audio/')) return <Sound media={media} autoPlay={autoPlay} onPlaying={onPlaying} />
  if (file)
    return (
      <VideoPlayer
        name={title}
        src={mediaUrl(id)}
        type={file.type}
        width={file.width}
        height={file.height}
        autoPlay={autoPlay}
        {...(onPlaying && { onPlaying })}
      />
    )
  return <Poem words={words} />
}

export function Poem({ words }: { words: string }) {
  const { t } = useTranslation('media')
  return (
    <div className={classes.poem} role="group" aria-label={t('poem')}>
      {words}
    </div>
  )
}

function Sound({ media, autoPlay, onPlaying }: { media: Media } & Omit<Props, 'id'>) {
  const { id, title, file, peaks, sentences, text } = media
  const { audio, player } = usePlayer(file?.durationMs ?? null)
  const { playing } = player
  const { attach, at, ownText } = useReadAlong(media, player)
  const tell = useEffectEvent((now: boolean) => onPlaying?.(now))
  useEffect(() => {
    if (!playing) return undefined
    tell(true)
    return () => tell(false)
  }, [playing])
  return (
    <div ref={attach} className={classes.sound}>
      <AudioPlayer name={title} src={mediaUrl(id)} audio={audio} player={player} peaks={peaks} autoPlay={autoPlay} />
      {sentences.length > 0 && ownText && (
        <ReadAlong text={text} sentences={sentences} at={at} playing={playing} onPlayFrom={player.playFrom} />
      )}
    </div>
  )
}

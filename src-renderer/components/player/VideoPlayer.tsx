import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { playAlone } from './play-alone'
import classes from './Player.module.css'

interface Props {
  /** What it shows, for those who hear it. */
  name: string
  src: string
  /** Its media type: an animation is a picture, and has nothing to press. */
  type: string
  /** Pixels; null where nobody knows. */
  width: number | null
  height: number | null
  autoPlay?: boolean
  onPlaying?: (playing: boolean) => void
}

/** A film with the browser's own controls, or an animated picture. Its place is kept before it is there. */
export function VideoPlayer({ name, src, type, width, height, autoPlay = false, onPlaying }: Props) {
  const { t } = useTranslation('media')
  const [failed, setFailed] = useState(false)
  const size = { ...(width !== null && { width }), ...(height !== null && { height }) }
  if (failed)
    return (
      <p role="alert" className={classes.failed}>
        {t('player.failed')}
      </p>
    )
  if (type.startsWith('image/'))
    return <img className={classes.film} src={src} alt={name} {...size} onError={() => setFailed(true)} />
  return (
    <video
      className={classes.film}
      src={src}
      aria-label={name}
      controls
      playsInline
      preload="metadata"
      autoPlay={autoPlay}
      {...size}
      onPlay={(event) => {
        playAlone(event.currentTarget)
        onPlaying?.(true)
      }}
      onPause={() => onPlaying?.(false)}
      onError={() => setFailed(true)}
    >
      <track kind="captions" />
    </video>
  )
}

import { ActionIcon, Menu, Slider, Tooltip, UnstyledButton } from '@mantine/core'
import { IconPlayerPauseFilled, IconPlayerPlayFilled, IconVolume, IconVolumeOff } from '@tabler/icons-react'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@renderer/components/format'
import { usePlayerSettings } from '@renderer/stores/player'
import { clock } from './clock'
import type { Player } from './use-player'
import { Waveform } from './Waveform'
import classes from './Player.module.css'

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]

interface Props {
  /** What it plays, for those who hear it. */
  name: string
  src: string
  audio: RefObject<HTMLAudioElement | null>
  player: Player
  /** How loud it is, from 0 to 1, at equal steps. */
  peaks: readonly number[]
  /** Begins at once: the writer has pressed play to see it. */
  autoPlay?: boolean
}

/** A sound with its waveform: play, seek, speed and volume, by pointer and keyboard. */
export function AudioPlayer({ name, src, audio, player, peaks, autoPlay = false }: Props) {
  const { t } = useTranslation('media')
  const { playing, time, duration, failed } = player
  return (
    <div className={classes.player} role="group" aria-label={t('player.label', { name })}>
      <audio ref={audio} src={src} autoPlay={autoPlay} preload={duration > 0 ? 'none' : 'metadata'}>
        <track kind="captions" />
      </audio>
      <ActionIcon
        className={classes.play}
        variant="default"
        radius="xl"
        size={34}
        aria-label={t(playing ? 'player.pause' : 'player.play', { name })}
        onClick={player.toggle}
      >
        {playing ? <IconPlayerPauseFilled size={16} aria-hidden /> : <IconPlayerPlayFilled size={16} aria-hidden />}
      </ActionIcon>
      <Waveform
        label={t('player.seek', { name })}
        peaks={peaks}
        time={time}
        duration={duration}
        onSeek={player.seek}
        onToggle={player.toggle}
      />
      <span className={classes.time}>{t('player.time', { time: clock(time), duration: clock(duration) })}</span>
      <span className={classes.tools}>
        <Speed />
        <Volume />
      </span>
      {failed && (
        <p role="alert" className={classes.failed}>
          {t('player.failed')}
        </p>
      )}
    </div>
  )
}

function Speed() {
  const { t } = useTranslation('media')
  const format = useFormat()
  const speed = usePlayerSettings((state) => state.speed)
  const name = (value: number) => t('player.speedOf', { speed: format.number(value) })
  return (
    <Menu position="top-end">
      <Menu.Target>
        <UnstyledButton className={classes.speed} aria-label={t('player.speed', { speed: format.number(speed) })}>
          {name(speed)}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={String(speed)}
          onChange={(value) => usePlayerSettings.setState({ speed: Number(value) })}
        >
          {SPEEDS.map((value) => (
            <Menu.RadioItem key={value} value={String(value)}>
              {name(value)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}

function Volume() {
  const { t } = useTranslation('media')
  const { volume, muted } = usePlayerSettings()
  const label = t(muted ? 'player.unmute' : 'player.mute')
  return (
    <>
      <Tooltip label={label}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={label}
          onClick={() => usePlayerSettings.setState({ muted: !muted })}
        >
          {muted ? (
            <IconVolumeOff size={16} stroke={1.6} aria-hidden />
          ) : (
            <IconVolume size={16} stroke={1.6} aria-hidden />
          )}
        </ActionIcon>
      </Tooltip>
      <Slider
        className={classes.volume}
        size={3}
        thumbSize={12}
        min={0}
        max={100}
        step={5}
        label={null}
        thumbLabel={t('player.volume')}
        value={muted ? 0 : Math.round(volume * 100)}
        onChange={(value) => usePlayerSettings.setState({ volume: value / 100, muted: false })}
      />
    </>
  )
}

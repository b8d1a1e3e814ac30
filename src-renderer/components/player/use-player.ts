import { useEffect, useRef, useState, type RefObject } from 'react'
import { usePlayerSettings } from '@renderer/stores/player'
import { playAlone } from './play-alone'

export interface Player {
  playing: boolean
  /** Milliseconds from the beginning. */
  time: number
  /** Milliseconds; 0 as long as nobody knows. */
  duration: number
  /** The file cannot be played. */
  failed: boolean
  toggle: () => void
  /** Plays from here on, whether it played or not. */
  playFrom: (ms: number) => void
  seek: (ms: number) => void
}

interface State {
  playing: boolean
  time: number
  duration: number
  failed: boolean
}

/**
 * What plays a sound, to be put into the page: where it is, and what can be done with it. `known` is its length in
 * milliseconds, if that is known.
 */
export function usePlayer(known: number | null): { audio: RefObject<HTMLAudioElement | null>; player: Player } {
  const audio = useRef<HTMLAudioElement>(null)
  const [state, setState] = useState<State>({ playing: false, time: 0, duration: known ?? 0, failed: false })
  const { speed, volume, muted } = usePlayerSettings()

  useEffect(() => {
    const element = audio.current
    if (!element) return undefined
    const listening = new AbortController()
    const on = (name: keyof HTMLMediaElementEventMap, change: () => Partial<State>) =>
      element.addEventListener(name, () => setState((before) => ({ ...before, ...change() })), listening)
    on('play', () => {
      playAlone(element)
      return { playing: true, failed: false }
    })
    on('pause', () => ({ playing: false }))
    on('ended', () => ({ playing: false }))
    on('timeupdate', () => ({ time: element.currentTime * 1000 }))
    on('seeking', () => ({ time: element.currentTime * 1000 }))
    // A stream has no length of its own.
    on('durationchange', () => (Number.isFinite(element.duration) ? { duration: element.duration * 1000 } : {}))
    on('error', () => ({ failed: true, playing: false }))
    return () => listening.abort()
  }, [])

  useEffect(() => {
    const element = audio.current
    if (!element) return
    element.playbackRate = speed
    element.volume = volume
    element.muted = muted
  }, [speed, volume, muted])

  const { duration } = state
  const play = () => {
    // Why it cannot is told by its `error`; a pause that comes before it has begun is no failure.
    audio.current?.play().catch(() => undefined)
  }
  const seek = (ms: number) => {
    const element = audio.current
    if (!element) return
    const time = Math.min(Math.max(0, ms), duration || ms)
    element.currentTime = time / 1000
    setState((before) => ({ ...before, time }))
  }
  const player: Player = {
    ...state,
    toggle: () => (state.playing ? audio.current?.pause() : play()),
    playFrom: (ms) => {
      seek(ms)
      play()
    },
    seek,
  }
  return { audio, player }
}

import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Media } from '@contract/entities/media'
import classes from './Media.module.css'

interface Props extends Pick<Media, 'text' | 'sentences'> {
  /** The sentence that is heard, by its place; -1 while none is. */
  at: number
  playing: boolean
  onPlayFrom: (ms: number) => void
}

const sentencesIn = (box: HTMLElement) => [...box.querySelectorAll<HTMLElement>('[data-sentence]')]

const steps: Record<string, 1 | -1> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }

/** Arrows walk through the sentences: only one of them is on the way of the Tab key. */
function press(event: KeyboardEvent<HTMLElement>, play: () => void) {
  const step = steps[event.key]
  const box = event.currentTarget.closest<HTMLElement>('[data-read]')
  if (event.key === 'Enter' || event.key === ' ') play()
  else if (step && box) {
    const all = sentencesIn(box)
    all[all.indexOf(event.currentTarget) + step]?.focus()
  } else return
  event.preventDefault()
  event.stopPropagation()
}

/** What is read aloud, with the sentence marked that is heard; a press on another one plays it. */
export function ReadAlong({ text, sentences, at, playing, onPlayFrom }: Props) {
  const { t } = useTranslation('media')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const around = box.current
    const heard = around && sentencesIn(around)[at]
    if (!playing || !heard) return
    const top = heard.offsetTop - around.clientHeight / 3
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    around.scrollTo({ top, behavior: still ? 'auto' : 'smooth' })
  }, [at, playing])
  return (
    <div ref={box} className={classes.words} role="group" aria-label={t('player.text')} data-read>
      {sentences.map(({ from, to, startMs }, index) => (
        <span key={from}>
          {text.slice(sentences[index - 1]?.to ?? 0, from)}
          <span
            role="button"
            tabIndex={index === Math.max(0, at) ? 0 : -1}
            className={classes.sentence}
            data-sentence
            data-heard={index === at || undefined}
            onClick={() => onPlayFrom(startMs)}
            onKeyDown={(event) => press(event, () => onPlayFrom(startMs))}
          >
            {text.slice(from, to)}
          </span>
          {index === sentences.length - 1 && text.slice(to)}
        </span>
      ))}
    </div>
  )
}

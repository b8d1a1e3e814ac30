let playing: HTMLMediaElement | null = null

/** To be called when an element begins to play: the one that played until now is paused, so that one is heard at a time. */
export function playAlone(element: HTMLMediaElement): void {
  if (playing !== element) playing?.pause()
  playing = element
}

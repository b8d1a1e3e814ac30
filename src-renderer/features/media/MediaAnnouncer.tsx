import { VisuallyHidden } from '@mantine/core'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MEDIA, MediaInput } from '@contract/entities/media'
import type { AnyEvent } from '@contract/events'
import type { MediaId } from '@contract/ids'
import { bridge, request } from '@renderer/api/bridge'
import { notifyDone, notifyError } from '@renderer/components/notify'

/** Says when something is ready, or could not be made: aloud where it is on the page, in a notice where it is not. */
export function MediaAnnouncer() {
  const { t } = useTranslation('media')
  const [said, setSaid] = useState('')
  /** What was seen to be made, and is not known to have ended. */
  const underWay = useRef(new Set<MediaId>())
  const look = async (ids: MediaId[]) => {
    for (const { id, title, state } of await request('media.list', { ids })) {
      if ((state !== 'complete' && state !== 'failed') || !underWay.current.delete(id)) continue
      const words = t(state === 'complete' ? 'announce.ready' : 'announce.failed', { name: title })
      if (document.querySelector(`[data-media="${id}"]`)) setSaid(words)
      else notifyDone(words)
    }
  }
  const hear = useEffectEvent((event: AnyEvent) => {
    if (event.name === 'job.progress' && event.payload.kind === MEDIA) {
      const media = MediaInput.safeParse(event.payload.input).data
      if (media) underWay.current.add(media.mediaId)
    }
    if (event.name !== 'data.changed' || !event.payload.topics.includes('media')) return
    const { media: changed } = event.payload.only
    const ids = [...underWay.current].filter((id) => !changed || changed.includes(id))
    if (ids.length > 0) look(ids).catch(notifyError)
  })
  useEffect(() => bridge().subscribe(hear), [])
  return <VisuallyHidden role="status">{said}</VisuallyHidden>
}

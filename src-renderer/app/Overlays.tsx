import { Notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { dismissNewest } from '@renderer/components/notify'
import { onEscape } from './escape'
import classes from './Overlays.module.css'

interface Props {
  /** There is room for notices in the rail; without it, the page makes room below itself. */
  inRail?: boolean
}

/**
 * Pixels that notices take, by their place: at the foot of the window, where everything else ends above them (`Frame.module.css`,
 * `theme.css`), and in the rail between its places and its commands (`Rail.module.css`).
 */
const rooms = { 'bottom-center': '--fab-notices', 'bottom-left': '--fab-rail-notices' }

/** Where menus, dialogs, tooltips and notices are drawn: a named part of the page, so that nobody comes upon them outside of it. */
export function Overlays({ inRail = false }: Props) {
  const { t } = useTranslation('frame')
  useEffect(keepRoom, [])
  useEffect(() => onEscape(dismissNewest), [])
  return (
    <div id="overlays" role="region" aria-label={t('overlays')}>
      <Notifications
        withinPortal={false}
        position={inRail ? 'bottom-left' : 'bottom-center'}
        // What comes after these waits.
        limit={3}
        // Over dialogs, which end above them too, and under what is open in a menu.
        zIndex={250}
        containerWidth={360}
        // The page makes room in one step.
        {...(inRail ? {} : { transitionDuration: 0 })}
        classNames={{ root: classes.notices, notification: classes.notice }}
      />
    </div>
  )
}

/** What is pressed next must not lie under a notice: the room that notices take is taken from the page. */
function keepRoom(): () => void {
  const { style } = document.documentElement
  const ends = Object.entries(rooms).map(([position, room]) => {
    const place = document.querySelector(`.${classes.notices}[data-position="${position}"]`)
    const observer = new ResizeObserver(([entry]) => {
      const height = Math.ceil(entry?.borderBoxSize[0]?.blockSize ?? 0)
      style.setProperty(room, `${height}px`)
    })
    if (place) observer.observe(place)
    return () => {
      observer.disconnect()
      style.removeProperty(room)
    }
  })
  return () => {
    for (const end of ends) end()
  }
}

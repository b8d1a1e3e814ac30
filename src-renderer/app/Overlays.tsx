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

/** Pixels that notices take at the foot of the window; everything else ends above them (`Frame.module.css`, `theme.css`). */
const ROOM = '--fab-notices'
const AT_FOOT = '[data-position="bottom-center"]'

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
        limit={inRail ? 2 : 3}
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
  const foot = document.querySelector(`.${classes.notices}${AT_FOOT}`)
  const { style } = document.documentElement
  const observer = new ResizeObserver(([entry]) => {
    const height = Math.ceil(entry?.borderBoxSize[0]?.blockSize ?? 0)
    style.setProperty(ROOM, `${height}px`)
  })
  if (foot) observer.observe(foot)
  return () => {
    observer.disconnect()
    style.removeProperty(ROOM)
  }
}

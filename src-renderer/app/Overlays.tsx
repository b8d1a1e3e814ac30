import { useMediaQuery } from '@mantine/hooks'
import { Notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { useFocusMode } from '@renderer/stores/ui-focus'
import { useRail } from './use-rail'
import classes from './Overlays.module.css'

/** Where menus, dialogs, tooltips and notices are drawn: a named part of the page, so that nobody comes upon them outside of it. */
export function Overlays() {
  const { t } = useTranslation('frame')
  const { collapsed } = useRail()
  const focus = useFocusMode((state) => state.on)
  const isTall = useMediaQuery('(min-height: 720px)', undefined, { getInitialValueInEffect: false })
  return (
    <>
      <div id="overlays" role="region" aria-label={t('overlays')} />
      <Notifications
        // Between the places and the commands of the rail nothing is pressed; without that room, at the top.
        position={collapsed || focus || !isTall ? 'top-center' : 'bottom-left'}
        limit={4}
        containerWidth={360}
        classNames={{ root: classes.notices, notification: classes.notice }}
      />
    </>
  )
}

import { Notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import classes from './Overlays.module.css'

/** Where menus, dialogs, tooltips and notices are drawn: a named part of the page, so that nobody comes upon them outside of it. */
export function Overlays() {
  const { t } = useTranslation('frame')
  return (
    <>
      <div id="overlays" role="region" aria-label={t('overlays')} />
      <Notifications
        position="top-center"
        limit={4}
        containerWidth={360}
        classNames={{ root: classes.notices, notification: classes.notice }}
      />
    </>
  )
}

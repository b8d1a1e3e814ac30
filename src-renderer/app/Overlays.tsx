import { Notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import classes from './Overlays.module.css'

interface Props {
  /** There is room for notices in the rail; without it, they stand at the top. */
  inRail?: boolean
}

/** Where menus, dialogs, tooltips and notices are drawn: a named part of the page, so that nobody comes upon them outside of it. */
export function Overlays({ inRail = false }: Props) {
  const { t } = useTranslation('frame')
  return (
    <>
      <div id="overlays" role="region" aria-label={t('overlays')} />
      <Notifications
        position={inRail ? 'bottom-left' : 'top-center'}
        limit={4}
        containerWidth={360}
        classNames={{ root: classes.notices, notification: classes.notice }}
      />
    </>
  )
}

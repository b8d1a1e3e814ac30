import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SimulatedFailure } from '@contract/entities/usage'
import classes from './SimulationBadge.module.css'

/** Says that a key or model fails because the user wants to see what happens then. */
export function SimulationBadge({ failure }: { failure: SimulatedFailure }) {
  const { t } = useTranslation('providers')
  return (
    <span className={classes.badge}>
      <IconAlertTriangle size={13} stroke={1.8} aria-hidden />
      {t('simulate.badge', { failure: t(`simulate.as.${failure}`) })}
    </span>
  )
}
